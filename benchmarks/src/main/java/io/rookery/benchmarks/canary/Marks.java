// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All secrets of a run. Thread-safe. */
final class Marks {

  private static final int BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Mark> byValue = new LinkedHashMap<>();

  /**
   * Makes a secret with characters that are written differently where text is escaped or encoded.
   */
  String fresh(String kind) {
    String letters = letters();
    String value = letters.substring(0, 9) + " +/&\"<%é>=" + letters.substring(9);
    return chosen(kind, value);
  }

  /** Makes a secret of letters and digits, such as stand in tokens. */
  String plain(String kind, String prefix) {
    String letters = letters();
    return made(kind, prefix + (letters + letters()).substring(0, 38 - (prefix.isEmpty() ? 6 : 0)));
  }

  private String letters() {
    String text = new BigInteger(BITS, random).setBit(BITS).toString(36);
    return text.substring(1);
  }

  /** Takes a secret that the platform made; returns it. */
  String made(String kind, String value) {
    return add(new Mark(kind, value, false));
  }

  /** Takes a secret that a person would choose; returns it. */
  String chosen(String kind, String value) {
    return add(new Mark(kind, value, true));
  }

  /** Takes a secret that stands in a mail, and therefore where mails are kept; returns it. */
  String mailed(String kind, String value) {
    return add(new Mark(Mark.MAILED + kind, value, false));
  }

  private synchronized String add(Mark mark) {
    byValue.putIfAbsent(mark.value(), mark);
    return mark.value();
  }

  synchronized boolean has(String value) {
    return byValue.containsKey(value);
  }

  synchronized Collection<Mark> all() {
    return List.copyOf(byValue.values());
  }
}
