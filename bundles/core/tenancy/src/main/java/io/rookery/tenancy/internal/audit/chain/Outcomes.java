// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.chain;

import io.rookery.api.audit.AuditEntry.Outcome;

/** What came of it, as the last word of an event's type tells: most events tell what was done. */
final class Outcomes {

  private Outcomes() {}

  static Outcome of(String type) {
    if (endsWith(type, "refused")) {
      return Outcome.REFUSED;
    }
    return endsWith(type, "failed") ? Outcome.FAILED : Outcome.DONE;
  }

  private static boolean endsWith(String type, String word) {
    return type.endsWith("." + word) || type.endsWith("_" + word);
  }
}
