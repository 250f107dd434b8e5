// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The filters, by name. */
final class Filters {

  /** Makes a value of another. */
  interface Filter {
    Object apply(Object input, Object[] arguments, Rendering rendering);
  }

  /** A filter and how many arguments it takes. */
  record Spec(Filter filter, int least, int most) {

    String range() {
      return least == most ? String.valueOf(least) : least + " to " + most;
    }
  }

  private static final Map<String, Spec> ALL =
      Map.ofEntries(
          Map.entry("default", new Spec(Filters::otherwise, 1, 1)),
          Map.entry("escape", new Spec(Filters::escape, 0, 0)),
          Map.entry("raw", new Spec((input, arguments, rendering) -> input, 0, 0)),
          Map.entry("upcase", text(text -> text.toUpperCase(Locale.ROOT))),
          Map.entry("downcase", text(text -> text.toLowerCase(Locale.ROOT))),
          Map.entry("capitalize", text(Filters::capitalize)),
          Map.entry("strip", text(String::strip)),
          Map.entry("truncate", new Spec(TextFilters::truncate, 0, 2)),
          Map.entry("replace", new Spec(TextFilters::replace, 1, 2)),
          Map.entry("split", new Spec(TextFilters::split, 1, 1)),
          Map.entry("join", new Spec(TextFilters::join, 0, 1)),
          Map.entry("first", new Spec((input, a, r) -> end(input, "first"), 0, 0)),
          Map.entry("last", new Spec((input, a, r) -> end(input, "last"), 0, 0)),
          Map.entry("size", new Spec((input, a, r) -> size(input), 0, 0)),
          Map.entry("date", new Spec(DateFilter::apply, 1, 1)),
          Map.entry("number", new Spec(NumberFilter::apply, 0, 2)));

  private Filters() {}

  static Spec find(String name) {
    return ALL.get(name);
  }

  private static Spec text(UnaryOperator<String> change) {
    return new Spec(
        (input, arguments, rendering) -> {
          String text = Values.text(input);
          rendering.make(text.length());
          String result = change.apply(text);
          rendering.make(Math.max(0, result.length() - text.length()));
          return result;
        },
        0,
        0);
  }

  private static Object otherwise(Object input, Object[] arguments, Rendering rendering) {
    return !Values.truthy(input) || Values.empty(input) ? arguments[0] : input;
  }

  private static Object escape(Object input, Object[] arguments, Rendering rendering) {
    String text = Values.text(input);
    if (rendering.mode() == Mode.DERIVED_TEXT) {
      return text;
    }
    rendering.make(text.length() * 6L);
    return Html.escape(text);
  }

  private static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static Object end(Object input, String which) {
    return input instanceof List<?> list ? Values.member(list, which) : null;
  }

  private static Object size(Object input) {
    Object size = Values.member(input == null ? "" : input, "size");
    return size == null ? Long.valueOf(0) : size;
  }
}
