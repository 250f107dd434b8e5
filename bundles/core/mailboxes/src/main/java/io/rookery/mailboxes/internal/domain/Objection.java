// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.mailboxes.internal.check.CheckResult;
import java.util.List;
import java.util.Optional;

/** Why a tenant may not send for a domain. */
final class Objection {

  private Objection() {}

  /**
   * Returns the reason in a sentence, or empty where a domain is verified.
   *
   * @param rows the tenant's domains that are the wanted one or above it, the nearest first
   */
  static Optional<String> of(String wanted, List<DomainRow> rows) {
    if (rows.stream().anyMatch(row -> row.state() == State.VERIFIED)) {
      return Optional.empty();
    } else if (rows.isEmpty()) {
      return Optional.of(
          "Add the domain %s and publish its records before sending".formatted(wanted));
    }
    DomainRow nearest = rows.get(0);
    String first =
        nearest.state() == State.FAILING
            ? "The records of %s are no longer right".formatted(nearest.name())
            : "Have the domain %s verified before sending".formatted(nearest.name());
    return Optional.of(nearest.checks().isEmpty() ? first : first + detail(nearest));
  }

  /** What keeps it from being verified is told first, and the rest can be looked up. */
  private static String detail(DomainRow row) {
    return row.checks().stream()
        .filter(check -> check.verdict().bad() && check.host().endsWith(row.name()))
        .filter(
            check ->
                check.host().startsWith(row.selectors().deciding().name() + ".")
                    || check.host().equals(row.returnPathHost()))
        .map(CheckResult::advice)
        .filter(advice -> advice != null)
        .findFirst()
        .map(advice -> ": " + advice)
        .orElse("");
  }
}
