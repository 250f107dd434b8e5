// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.mailboxes.internal.check.CheckResult;
import io.rookery.mailboxes.internal.check.DomainSettings;
import io.rookery.mailboxes.internal.domain.DomainRow.Times;
import java.time.Instant;
import java.util.List;

/**
 * What becomes of a domain after a look at its records. A verified one fails after two looks in a
 * row, an hour apart or more, that found a needed record at fault; looks that reached nobody are
 * none.
 */
final class Verification {

  private final DomainSettings settings;

  Verification(DomainSettings settings) {
    this.settings = settings;
  }

  /** Returns the domain as it is from now on. */
  DomainRow apply(DomainRow row, List<CheckResult> results, Instant now) {
    Selectors seen = row.selectors().seen(row.name(), results, now);
    Requirements needs = Requirements.of(row.name(), row.returnPathHost(), seen, settings);
    if (needs.met(results)) {
      return verified(row, seen, results, now);
    } else if (needs.broken(results) && row.state() == State.VERIFIED) {
      return drifting(row, seen, results, now);
    }
    Times old = row.times();
    Times times =
        new Times(
            now,
            old.verifiedAt(),
            old.driftingSince(),
            old.failingAt(),
            next(row, now),
            old.createdAt());
    return with(row, row.state(), seen, results, times);
  }

  private DomainRow verified(
      DomainRow row, Selectors seen, List<CheckResult> results, Instant now) {
    boolean before = row.state() == State.VERIFIED;
    Instant due = seen.isRotating() ? Due.backingOff(seen.newestAt(), now) : now.plus(Due.DAY);
    Times times =
        new Times(
            now, before ? row.times().verifiedAt() : now, null, null, due, row.times().createdAt());
    return with(row, State.VERIFIED, seen, results, times);
  }

  private DomainRow drifting(
      DomainRow row, Selectors seen, List<CheckResult> results, Instant now) {
    Times old = row.times();
    Instant since = old.driftingSince() == null ? now : old.driftingSince();
    if (since.plus(Due.HOUR).isAfter(now)) {
      Times times =
          new Times(now, old.verifiedAt(), since, null, since.plus(Due.HOUR), old.createdAt());
      return with(row, State.VERIFIED, seen, results, times);
    }
    Times times = new Times(now, null, since, now, Due.backingOff(now, now), old.createdAt());
    return with(row, State.FAILING, seen.lost(row.name(), results), results, times);
  }

  private static Instant next(DomainRow row, Instant now) {
    return switch (row.state()) {
      case PENDING -> Due.backingOff(row.times().createdAt(), now);
      case FAILING -> Due.backingOff(row.times().failingAt(), now);
      case VERIFIED -> now.plus(Due.HOUR);
    };
  }

  private static DomainRow with(
      DomainRow row, State state, Selectors selectors, List<CheckResult> results, Times times) {
    return new DomainRow(
        row.id(),
        row.workspaceId(),
        row.name(),
        state,
        row.returnPathHost(),
        row.trackingHost(),
        selectors,
        results,
        times,
        row.version() + 1);
  }
}
