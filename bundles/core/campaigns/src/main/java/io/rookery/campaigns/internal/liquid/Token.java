// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

/**
 * A word of an expression.
 *
 * @param at where it begins in the template's source
 */
record Token(Kind kind, String text, int at) {

  enum Kind {
    WORD,
    STRING,
    NUMBER,
    SYMBOL,
    END
  }

  boolean is(String wanted) {
    return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equals(wanted);
  }
}
