// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

/** A template that does not compile, or that passes a bound when rendered. */
public final class LiquidException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Reports a fault at a place; the words are shown to the template's author. */
  public LiquidException(Position position, String detail) {
    super(position == null ? detail : capital(position.toString()) + ": " + detail);
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
