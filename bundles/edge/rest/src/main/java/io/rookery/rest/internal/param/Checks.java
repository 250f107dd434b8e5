// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.param;

import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what is wrong with a request, so that the caller learns all of it at once. */
public final class Checks {

  private final List<FieldError> errors = new ArrayList<>();

  /** Asks for text that is there and not blank. */
  public Checks text(String pointer, String value) {
    return that(value != null && !value.isBlank(), pointer, "Must be given");
  }

  /** Asks for text that is at most so long, where it is given. */
  public Checks longest(String pointer, String value, int length) {
    return that(
        value == null || value.length() <= length, pointer, "At most " + length + " characters");
  }

  /** Asks for a value that is there. */
  public Checks given(String pointer, Object value) {
    return that(value != null, pointer, "Must be given");
  }

  /** Asks for so many elements, none of them null. */
  public Checks size(String pointer, Collection<?> values, int least, int most) {
    boolean fits = values != null && values.size() >= least && values.size() <= most;
    that(fits, pointer, "Must hold " + least + " to " + most + " elements");
    return that(
        values == null || values.stream().noneMatch(v -> v == null), pointer, "Must not hold null");
  }

  /** Asks for a condition to hold. */
  public Checks that(boolean condition, String pointer, String detail) {
    if (!condition) {
      errors.add(new FieldError(pointer, detail));
    }
    return this;
  }

  /** Throws {@code validation_failed} where anything was wrong. */
  public void done() {
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }
}
