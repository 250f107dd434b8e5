// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What values mean: truth, sameness, order, their members and how they are written. */
final class Values {

  /** Words that stand for a quality in comparisons. */
  enum Word {
    EMPTY,
    BLANK
  }

  private Values() {}

  static boolean truthy(Object value) {
    return value != null && !Boolean.FALSE.equals(value);
  }

  static boolean empty(Object value) {
    return (value instanceof String text && text.isEmpty())
        || (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  static boolean blank(Object value) {
    return !truthy(value) || empty(value) || (value instanceof String text && text.isBlank());
  }

  static boolean same(Object a, Object b) {
    if (a instanceof Word word) {
      return is(b, word);
    }
    if (b instanceof Word word) {
      return is(a, word);
    }
    if (a instanceof Number x && b instanceof Number y) {
      return decimal(x).compareTo(decimal(y)) == 0;
    }
    return Objects.equals(a, b);
  }

  private static boolean is(Object value, Word word) {
    return value == word || (word == Word.EMPTY ? empty(value) : blank(value));
  }

  /** Values of different kinds have no order: every comparison of them is false. */
  static boolean ordered(Object a, String operator, Object b) {
    int order;
    if (a instanceof Number x && b instanceof Number y) {
      order = decimal(x).compareTo(decimal(y));
    } else if (a instanceof String x && b instanceof String y) {
      order = x.compareTo(y);
    } else {
      return false;
    }
    return switch (operator) {
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      default -> order >= 0;
    };
  }

  static boolean contains(Object whole, Object part, Rendering rendering) {
    if (whole instanceof String text && part != null) {
      String wanted = text(part);
      rendering.search(text.length(), wanted.length());
      return text.contains(wanted);
    }
    if (whole instanceof Collection<?> list) {
      rendering.step(1 + list.size() / 16);
      return list.stream().anyMatch(element -> same(element, part));
    }
    return whole instanceof Map<?, ?> map && part != null && map.containsKey(text(part));
  }

  static Object member(Object target, Object key) {
    if (target instanceof Map<?, ?> map) {
      Object value = key == null ? null : map.get(text(key));
      return value == null && "size".equals(key) ? Long.valueOf(map.size()) : value;
    }
    if (target instanceof List<?> list) {
      return member(list, key);
    }
    if (target instanceof Loop loop) {
      return loop.member(key);
    }
    return target instanceof String text && "size".equals(key) ? length(text) : null;
  }

  private static Object member(List<?> list, Object key) {
    if (key instanceof Number number) {
      long index = number.longValue() < 0 ? list.size() + number.longValue() : number.longValue();
      return index >= 0 && index < list.size() ? list.get((int) index) : null;
    }
    if ("size".equals(key)) {
      return (long) list.size();
    }
    if (list.isEmpty()) {
      return null;
    }
    return "first".equals(key)
        ? list.get(0)
        : "last".equals(key) ? list.get(list.size() - 1) : null;
  }

  /** Returns about how many characters it takes to go through a value. */
  static int weight(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    long weight = 0;
    if (value instanceof Collection<?> list) {
      for (Object element : list) {
        weight += 16 + (element instanceof String text ? text.length() : 0);
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, weight);
  }

  static Long length(String text) {
    return (long) text.codePointCount(0, text.length());
  }

  /** Writes a value; a list is its elements one after the other, a map is nothing. */
  static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value == null || value instanceof Map || value instanceof Loop || value instanceof Word) {
      return "";
    }
    if (value instanceof List<?> list) {
      StringBuilder joined = new StringBuilder();
      list.forEach(element -> joined.append(element instanceof List ? "" : text(element)));
      return joined.toString();
    }
    if (value instanceof Double || value instanceof Float) {
      String plain = value.toString();
      return plain.indexOf('E') < 0 ? plain : finite((Number) value, plain);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static String finite(Number value, String plain) {
    return Double.isFinite(value.doubleValue()) ? new BigDecimal(plain).toPlainString() : plain;
  }

  static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      return Double.isFinite(value) ? BigDecimal.valueOf(value) : BigDecimal.ZERO;
    }
    return new BigDecimal(number.toString());
  }
}
