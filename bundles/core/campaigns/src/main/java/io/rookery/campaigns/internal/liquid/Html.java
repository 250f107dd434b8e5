// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

/** Escaping for HTML text and quoted attributes. */
public final class Html {

  private Html() {}

  /** Returns a text with its five significant characters escaped. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    escape(text, out);
    return out.toString();
  }

  static void escape(String text, StringBuilder out) {
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      String entity =
          switch (text.charAt(i)) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
          };
      if (entity != null) {
        out.append(text, done, i).append(entity);
        done = i + 1;
      }
    }
    out.append(text, done, text.length());
  }
}
