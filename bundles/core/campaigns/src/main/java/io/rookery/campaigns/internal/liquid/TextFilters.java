// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.util.ArrayList;
import java.util.List;

/** Filters that cut and join text; each counts what it makes before it makes it. */
final class TextFilters {

  private static final int PER_ELEMENT = 16;

  private TextFilters() {}

  static Object truncate(Object input, Object[] arguments, Rendering rendering) {
    String text = Values.text(input);
    long most = arguments.length > 0 && arguments[0] instanceof Number n ? n.longValue() : 50;
    String mark = arguments.length > 1 ? Values.text(arguments[1]) : "...";
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    int kept = (int) Math.max(0, most - mark.codePointCount(0, mark.length()));
    int cut = text.offsetByCodePoints(0, kept);
    rendering.make((long) cut + mark.length());
    return text.substring(0, cut) + mark;
  }

  static Object replace(Object input, Object[] arguments, Rendering rendering) {
    String text = Values.text(input);
    String wanted = Values.text(arguments[0]);
    String by = arguments.length > 1 ? Values.text(arguments[1]) : "";
    if (wanted.isEmpty()) {
      return text;
    }
    rendering.search(text.length(), wanted.length());
    int found = 0;
    for (int i = text.indexOf(wanted); i >= 0; i = text.indexOf(wanted, i + wanted.length())) {
      found++;
    }
    if (found == 0) {
      return text;
    }
    rendering.make(text.length() + (long) found * (by.length() - wanted.length()));
    return text.replace(wanted, by);
  }

  static Object split(Object input, Object[] arguments, Rendering rendering) {
    String text = Values.text(input);
    String by = Values.text(arguments[0]);
    rendering.search(text.length(), by.length());
    List<String> parts = by.isEmpty() ? characters(text, rendering) : parts(text, by, rendering);
    while (!parts.isEmpty() && parts.get(parts.size() - 1).isEmpty()) {
      parts.remove(parts.size() - 1);
    }
    return parts;
  }

  private static List<String> characters(String text, Rendering rendering) {
    rendering.make((long) text.length() * PER_ELEMENT);
    List<String> parts = new ArrayList<>();
    text.codePoints().forEach(c -> parts.add(Character.toString(c)));
    return parts;
  }

  private static List<String> parts(String text, String by, Rendering rendering) {
    boolean words = by.equals(" ");
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int at = text.indexOf(by, from);
      int to = at < 0 ? text.length() : at;
      if (!words || to > from) {
        rendering.make((long) to - from + PER_ELEMENT);
        parts.add(text.substring(from, to));
      }
      from = to + by.length();
    }
    return parts;
  }

  static Object join(Object input, Object[] arguments, Rendering rendering) {
    if (!(input instanceof List<?> list)) {
      return input;
    }
    String glue = arguments.length > 0 ? Values.text(arguments[0]) : " ";
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < list.size(); i++) {
      String element = Values.text(list.get(i));
      rendering.make((long) element.length() + glue.length());
      joined.append(i == 0 ? "" : glue).append(element);
    }
    return joined.toString();
  }
}
