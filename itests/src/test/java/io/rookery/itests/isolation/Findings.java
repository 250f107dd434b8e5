// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What was looked at and what was wrong. All is looked at before a test fails. */
final class Findings {

  private final List<String> wrong = new ArrayList<>();
  private int cases;

  /** Counts a case, and says what is wrong where it does not hold. */
  void check(boolean holds, String complaint, Object... details) {
    cases++;
    if (!holds) {
      wrong.add(complaint.formatted(details));
    }
  }

  /** Counts a case in which nothing may have changed. */
  void same(Object before, Object after, String complaint, Object... details) {
    check(
        Objects.equals(before, after),
        "%s: %s became %s",
        complaint.formatted(details),
        before,
        after);
  }

  int cases() {
    return cases;
  }

  /** Fails where anything was wrong. */
  void done() {
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          wrong.size() + " of " + cases + " cases do not hold:\n" + String.join("\n", wrong));
    }
  }
}
