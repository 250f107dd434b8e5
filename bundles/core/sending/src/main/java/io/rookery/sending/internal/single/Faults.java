// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with messages, each field by a pointer that begins with its message's own.
 * One thread.
 */
final class Faults {

  /** Whoever sends 500 wrong messages learns enough from these. */
  private static final int MOST = 100;

  private final List<FieldError> found;
  private final String prefix;

  /** Begins with nothing wrong. */
  Faults() {
    this(new ArrayList<>(), "");
  }

  private Faults(List<FieldError> found, String prefix) {
    this.found = found;
    this.prefix = prefix;
  }

  /** Returns a view of the same faults for a message, whose pointer goes before each field's. */
  Faults at(String pointer) {
    return new Faults(found, prefix + pointer);
  }

  void add(String pointer, String detail) {
    if (found.size() < MOST) {
      found.add(new FieldError(prefix + pointer, detail));
    }
  }

  /** Asks for a condition to hold; returns whether it does. */
  boolean unless(boolean condition, String pointer, String detail) {
    if (!condition) {
      add(pointer, detail);
    }
    return condition;
  }

  /** Checks text of one line that may be null. */
  void line(String pointer, String text, int longest) {
    if (text == null) {
      return;
    }
    boolean breaks =
        text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    unless(text.length() <= longest, pointer, "At most " + longest + " characters");
    unless(!breaks, pointer, "No line breaks or other control characters");
    storable(pointer, text);
  }

  /** Checks text of many lines that may be null. */
  void text(String pointer, String text, int longest) {
    if (text != null) {
      unless(text.length() <= longest, pointer, "At most " + longest + " characters");
      storable(pointer, text);
    }
  }

  /** Checks that text is what the database can hold. */
  void storable(String pointer, String text) {
    boolean fits = text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    unless(fits, pointer, "Holds characters that are no text");
  }

  boolean clean() {
    return found.isEmpty();
  }

  /** Throws {@code validation_failed} where anything was wrong. */
  void done() {
    if (!found.isEmpty()) {
      throw RookeryException.invalid(found);
    }
  }
}
