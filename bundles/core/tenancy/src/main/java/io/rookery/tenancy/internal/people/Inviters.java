// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Invitation;
import io.rookery.api.people.Role;
import io.rookery.api.tenancy.Scope;
import io.rookery.events.EventLog;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Tx;
import io.rookery.tenancy.internal.people.store.InvitationRows;
import io.rookery.tenancy.internal.people.store.Memberships;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/** People who invite others, for as long as they may: what they cannot give any more is revoked. */
final class Inviters {

  private final EventLog log;
  private final Clock clock;

  Inviters(EventLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Returns how an invitation names whoever made it. */
  static String name(Actor actor) {
    return name(actor.kind(), actor.id());
  }

  private static String name(Actor.Kind kind, String id) {
    return kind.name().toLowerCase(Locale.ROOT) + ":" + id;
  }

  /**
   * Holds the membership of whoever invites, so that its end comes after the invitation and finds
   * it.
   */
  static void hold(Tx tx) throws SQLException {
    Actor actor = tx.context().actor();
    if (actor.kind() == Actor.Kind.USER
        && Memberships.lockUser(tx, UUID.fromString(actor.id()))
            .filter(member -> member.role().scopes().contains(Scope.ADMIN))
            .isEmpty()) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "You may not invite here any more");
    }
  }

  /**
   * Revokes what a person has invited to and could not now.
   *
   * @param role what the person is from now on, or null for no member
   */
  void revoke(Tx tx, UUID userId, Role role) throws SQLException {
    if (role == Role.OWNER) {
      return;
    }
    String inviter = name(Actor.Kind.USER, userId.toString());
    boolean some = role != null && role.scopes().contains(Scope.ADMIN);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (Invitation gone : InvitationRows.deleteOf(tx, inviter, some)) {
      log.append(tx, InvitationEvents.revoked(gone, now));
    }
  }
}
