// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes a number with a fixed count of decimals and, where wanted, its thousands apart. */
final class NumberFilter {

  private static final int LONGEST = 40;

  private NumberFilter() {}

  static Object apply(Object input, Object[] arguments, Rendering rendering) {
    BigDecimal number = number(input);
    if (number == null) {
      return input;
    }
    long decimals = arguments.length > 0 && arguments[0] instanceof Number n ? n.longValue() : -1;
    if (decimals >= 0) {
      number = number.setScale((int) Math.min(10, decimals), RoundingMode.HALF_UP);
    }
    String plain = number.toPlainString();
    return arguments.length > 1 ? grouped(plain, Values.text(arguments[1])) : plain;
  }

  private static BigDecimal number(Object input) {
    String text = Values.text(input).strip();
    if (!(input instanceof Number) && !text.matches("[+-]?\\d{1,30}(\\.\\d{1,10})?")) {
      return null;
    }
    BigDecimal number = input instanceof Number n ? Values.decimal(n) : new BigDecimal(text);
    return Math.abs((long) number.precision() - number.scale()) + number.precision() > LONGEST * 2
        ? null
        : number;
  }

  private static String grouped(String plain, String separator) {
    int point = plain.indexOf('.');
    StringBuilder out = new StringBuilder(plain);
    int first = plain.startsWith("-") ? 1 : 0;
    for (int i = (point < 0 ? plain.length() : point) - 3; i > first; i -= 3) {
      out.insert(i, separator.length() > 3 ? "" : separator);
    }
    return out.toString();
  }
}
