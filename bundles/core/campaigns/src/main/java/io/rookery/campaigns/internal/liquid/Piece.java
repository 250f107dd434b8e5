// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

/**
 * A piece of a template's source.
 *
 * @param name of a tag, else null
 * @param text the static text, or what stands between the braces, after a tag's name
 * @param at where the text begins in the source
 */
record Piece(Kind kind, String name, String text, int at) {

  enum Kind {
    TEXT,
    OUTPUT,
    TAG,
    END
  }

  boolean tag(String wanted) {
    return kind == Kind.TAG && name.equals(wanted);
  }
}
