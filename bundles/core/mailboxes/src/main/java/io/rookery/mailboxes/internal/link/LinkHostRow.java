// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.link;

import io.rookery.api.mailboxes.LinkHost;
import io.rookery.api.mailboxes.LinkHost.State;
import io.rookery.api.mailboxes.RecordVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A link host as its table holds it.
 *
 * @param pointedAt when its records were last seen to lead here, null where they lead elsewhere
 * @param failingSince since when requests through it have not come back, or null
 */
record LinkHostRow(
    UUID id,
    String host,
    UUID domainId,
    Instant pointedAt,
    Instant verifiedAt,
    Instant endedAt,
    Instant failingSince,
    String trouble,
    Instant dueAt,
    Instant createdAt,
    long version) {

  private static final Duration RENEWED = Duration.ofHours(6);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** One request that does not come back is no news, two of them ten minutes apart are. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A certificate takes as long to come. */
  private static final Duration SHORTEST = Duration.ofMinutes(2);

  /** A wait is this part of how long there has been something to wait for. */
  private static final int PART = 4;

  private static final int LONGEST_TROUBLE = 300;

  /**
   * What a look came to.
   *
   * @param covered whether its domain is there and verified
   * @param records what its DNS records came to
   * @param trouble what kept a request from coming back, or null where it came
   */
  record Look(boolean covered, RecordVerdict records, String trouble) {}

  State state() {
    if (verifiedAt != null) {
      return State.VERIFIED;
    }
    return endedAt == null ? State.PENDING : State.FAILING;
  }

  LinkHost shown() {
    return new LinkHost(id, host, domainId, state(), verifiedAt, endedAt, trouble, dueAt);
  }

  /** Returns the host as it is after a look. */
  LinkHostRow after(Look look, Instant now) {
    if (look.records() == RecordVerdict.UNREACHABLE) {
      return with(pointedAt, verifiedAt, endedAt, failingSince, trouble, now.plus(HOUR));
    }
    boolean points = look.records() == RecordVerdict.OK;
    if (!look.covered()) {
      Instant former = points && hasBeenVerified() ? now : null;
      return ended(former, null, "Its domain is not verified", now.plus(DAY), now);
    } else if (look.records() == RecordVerdict.UNCHECKED) {
      String told = "The operator has configured no public host for links";
      return ended(null, null, told, now.plus(DAY), now);
    } else if (!points) {
      return ended(null, null, "Its records do not lead to the platform", later(now), now);
    } else if (look.trouble() == null) {
      Instant since = verifiedAt == null ? now : verifiedAt;
      return with(now, since, null, null, null, now.plus(RENEWED));
    }
    return unanswered(look.trouble(), now);
  }

  private LinkHostRow unanswered(String told, Instant now) {
    Instant since = failingSince == null ? now : failingSince;
    if (verifiedAt != null && since.plus(PATIENCE).isAfter(now)) {
      return with(now, verifiedAt, endedAt, since, told, since.plus(PATIENCE));
    }
    return ended(now, since, told, backingOff(since, now), now);
  }

  /** Returns the host as it is once new mail may have no links there. */
  LinkHostRow ended(Instant points, Instant since, String told, Instant due, Instant now) {
    return with(points, null, verifiedAt == null ? endedAt : now, since, told, due);
  }

  /** Returns the host as it is once its domain is not verified any more, or gone. */
  LinkHostRow uncovered(Instant now) {
    Instant former = hasBeenVerified() ? pointedAt : null;
    return ended(former, null, "Its domain is not verified", now, now);
  }

  /** Mail with links to it is about, so that it is to go on showing a certificate. */
  private boolean hasBeenVerified() {
    return verifiedAt != null || endedAt != null;
  }

  /** Returns the host, to be looked at soon. */
  LinkHostRow wanted(Instant now) {
    return with(pointedAt, verifiedAt, endedAt, failingSince, trouble, now);
  }

  private Instant later(Instant now) {
    return backingOff(endedAt == null && verifiedAt == null ? createdAt : now, now);
  }

  private static Instant backingOff(Instant since, Instant now) {
    Duration wait = Duration.between(since, now).dividedBy(PART);
    if (wait.compareTo(SHORTEST) < 0) {
      wait = SHORTEST;
    }
    return now.plus(wait.compareTo(DAY) > 0 ? DAY : wait);
  }

  private LinkHostRow with(
      Instant points, Instant since, Instant end, Instant failing, String told, Instant due) {
    String shown =
        told == null || told.length() <= LONGEST_TROUBLE
            ? told
            : told.substring(0, LONGEST_TROUBLE) + "…";
    return new LinkHostRow(
        id, host, domainId, points, since, end, failing, shown, due, createdAt, version + 1);
  }
}
