// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.campaigns.internal.content.Lines;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the fields of a request. */
final class Fields {

  private static final int NAME = 200;

  private final List<FieldError> errors = new ArrayList<>();

  void wrong(String pointer, String detail) {
    errors.add(new FieldError(pointer, detail));
  }

  void addAll(List<FieldError> found) {
    errors.addAll(found);
  }

  /** Checks a name that must be there. */
  void name(String pointer, String value) {
    if (value == null || value.isBlank()) {
      wrong(pointer, "Give a name");
    } else {
      line(pointer, value, NAME);
    }
  }

  /** Checks a text of one line that may be null. */
  void line(String pointer, String value, int longest) {
    if (value == null) {
      return;
    }
    if (value.length() > longest) {
      wrong(pointer, "At most " + longest + " characters");
    } else if (Lines.breaks(value)) {
      wrong(pointer, "No line breaks or other control characters");
    } else {
      storable(pointer, value);
    }
  }

  /** Checks that the database can hold a text, which may be null. */
  void storable(String pointer, String value) {
    if (value != null
        && (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value))) {
      wrong(pointer, "Holds characters that are no text");
    }
  }

  boolean clean() {
    return errors.isEmpty();
  }

  void done() {
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }
}
