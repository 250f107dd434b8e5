// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Writes a moment in the form of strftime (POSIX), in the moment's own zone, else in UTC. */
final class DateFilter {

  private static final int LONGEST_FORMAT = 200;
  private static final Map<Character, String> FIELDS =
      Map.ofEntries(
          Map.entry('Y', "uuuu"),
          Map.entry('y', "uu"),
          Map.entry('m', "MM"),
          Map.entry('B', "MMMM"),
          Map.entry('b', "MMM"),
          Map.entry('h', "MMM"),
          Map.entry('d', "dd"),
          Map.entry('e', "ppd"),
          Map.entry('j', "DDD"),
          Map.entry('A', "EEEE"),
          Map.entry('a', "EEE"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('l', "pph"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('p', "a"),
          Map.entry('F', "uuuu-MM-dd"),
          Map.entry('D', "MM/dd/uu"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('R', "HH:mm"),
          Map.entry('z', "xx"),
          Map.entry('Z', "zzz"));

  private DateFilter() {}

  static Object apply(Object input, Object[] arguments, Rendering rendering) {
    String format = Values.text(arguments[0]);
    ZonedDateTime moment = moment(input, rendering);
    if (moment == null || format.isEmpty()) {
      return input;
    }
    if (format.length() > LONGEST_FORMAT) {
      throw rendering.failed("A date's format has at most " + LONGEST_FORMAT + " characters");
    }
    rendering.step(format.length() / 8);
    String result = write(moment, format);
    rendering.make(result.length());
    return result;
  }

  private static ZonedDateTime moment(Object input, Rendering rendering) {
    try {
      if (input instanceof Number seconds) {
        return Instant.ofEpochSecond(seconds.longValue()).atZone(ZoneOffset.UTC);
      }
      String text = Values.text(input).strip();
      if (text.equals("now") || text.equals("today")) {
        return rendering.clock().instant().atZone(ZoneOffset.UTC);
      }
      return parse(text.length() > 10 ? text.replaceFirst("^(.{10}) ", "$1T") : text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static ZonedDateTime parse(String text) {
    if (text.length() == 10) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC);
    }
    if (text.length() > 40) {
      return null;
    }
    return text.matches(".{11}.*([Zz]|[+-]\\d\\d:?\\d\\d)")
        ? OffsetDateTime.parse(text).toZonedDateTime()
        : LocalDateTime.parse(text).atZone(ZoneOffset.UTC);
  }

  private static String write(ZonedDateTime moment, String format) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      boolean unpadded = format.charAt(i + 1) == '-' && i + 2 < format.length();
      i += unpadded ? 2 : 1;
      out.append(field(moment, format.charAt(i), unpadded));
    }
    return out.toString();
  }

  private static String field(ZonedDateTime moment, char letter, boolean unpadded) {
    if (letter == '%') {
      return "%";
    }
    if (letter == 's') {
      return String.valueOf(moment.toEpochSecond());
    }
    String pattern = FIELDS.get(letter);
    if (pattern == null) {
      return "%" + letter;
    }
    String written = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(moment);
    return unpadded ? written.replaceFirst("^[0 ]+(?=.)", "") : written;
  }
}
