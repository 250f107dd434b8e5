// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.csv;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines of CSV (RFC 4180) that spreadsheets show and do not run. Somebody else's words may begin as
 * a formula does, and a program that opens the file would compute it, or ask a foreign host (OWASP,
 * CSV Injection). An apostrophe goes before whatever begins with {@code = + - @}, their full-width
 * forms, a tab or a line break, at the beginning of a field and after what some programs take for
 * the end of one. Every CSV that the platform gives out is written by this class. Numbers stay as
 * they are. Thread-safe.
 */
public final class CsvLine {

  /** After the ends of fields that other settings of a spreadsheet know, too. */
  private static final Pattern FORMULA =
      Pattern.compile("(^|[;\\t\\r\\n|])(?=[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20])");

  private static final Pattern QUOTED = Pattern.compile("[\",;\\t\\r\\n|]");
  private static final String END = "\r\n";

  private CsvLine() {}

  /** Returns values as a line with its end; null is an empty field. */
  public static String of(Collection<?> values) {
    return values.stream().map(CsvLine::field).collect(Collectors.joining(",", "", END));
  }

  /** Returns a value as a field; null is an empty one. */
  public static String field(Object value) {
    if (value == null || value instanceof Number) {
      return value == null ? "" : value.toString();
    }
    String tame = FORMULA.matcher(value.toString()).replaceAll("$1'");
    return QUOTED.matcher(tame).find() ? '"' + tame.replace("\"", "\"\"") + '"' : tame;
  }
}
