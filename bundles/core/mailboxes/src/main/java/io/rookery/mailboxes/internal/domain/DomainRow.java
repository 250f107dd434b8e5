// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.mailboxes.internal.check.CheckResult;
import io.rookery.mailboxes.internal.check.DomainSettings;
import io.rookery.mailboxes.internal.check.DomainSubject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A domain as its table holds it; the times mean what they mean in the record of the API. */
record DomainRow(
    UUID id,
    UUID workspaceId,
    String name,
    State state,
    String returnPathHost,
    String trackingHost,
    Selectors selectors,
    List<CheckResult> checks,
    Times times,
    long version) {

  /** When what happened to a domain, and when it is looked at next. */
  record Times(
      Instant checkedAt,
      Instant verifiedAt,
      Instant driftingSince,
      Instant failingAt,
      Instant dueAt,
      Instant createdAt) {}

  /** Returns a new domain that is in no workspace yet. */
  static DomainRow made(
      UUID id, String name, Selectors selectors, DomainSettings settings, Instant now) {
    return new DomainRow(
        id,
        null,
        name,
        State.PENDING,
        settings.returnPathLabel() + "." + name,
        settings.trackingLabel() + "." + name,
        selectors,
        List.of(),
        new Times(null, null, null, null, now.plus(Due.SHORTEST), now),
        1);
  }

  DomainRow with(Selectors changed, Instant dueAt) {
    Times due =
        new Times(
            times.checkedAt(),
            times.verifiedAt(),
            times.driftingSince(),
            times.failingAt(),
            dueAt,
            times.createdAt());
    return new DomainRow(
        id,
        workspaceId,
        name,
        state,
        returnPathHost,
        trackingHost,
        changed,
        checks,
        due,
        version + 1);
  }

  /** Returns this in a workspace, as it is put there when it is made. */
  DomainRow in(UUID workspace) {
    return new DomainRow(
        id,
        workspace,
        name,
        state,
        returnPathHost,
        trackingHost,
        selectors,
        checks,
        times,
        version);
  }

  DomainSubject subject(Instant now) {
    return new DomainSubject(name, returnPathHost, trackingHost, selectors.all(), now);
  }
}
