// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.chain;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the data of events as JSON (RFC 8259) in one way only: names in order, no spaces. The text
 * is what is hashed and kept, so it never has to be made again.
 */
public final class FlatJson {

  private FlatJson() {}

  static String write(Map<String, Object> data) {
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(data)
        .forEach(
            (name, value) -> {
              json.append(json.length() > 1 ? "," : "").append(quote(name)).append(':');
              json.append(value(value));
            });
    return json.append('}').toString();
  }

  private static String value(Object value) {
    if (value instanceof BigDecimal fraction) {
      return fraction.toPlainString();
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : quote(value.toString());
  }

  /** Returns text as a JSON string. */
  public static String quote(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
