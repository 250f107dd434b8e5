// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Invitation;
import io.rookery.api.people.Member;
import io.rookery.events.NewEvent;
import io.rookery.tenancy.internal.people.store.Memberships;
import java.time.Instant;
import java.util.Map;

/** What the log says of invitations: no address. */
final class InvitationEvents {

  private InvitationEvents() {}

  static NewEvent created(Invitation made) {
    return event("created", made, made.createdAt());
  }

  static NewEvent resent(Invitation renewed) {
    return event("resent", renewed, renewed.mailedAt());
  }

  static NewEvent revoked(Invitation before, Instant now) {
    return event("revoked", after(before), now);
  }

  static NewEvent accepted(Invitation before, Member member) {
    return new NewEvent(
        "invitation.accepted",
        before.id(),
        before.version() + 1,
        member.joinedAt(),
        Map.of("user_id", member.userId(), "member_id", member.id()));
  }

  private static Invitation after(Invitation i) {
    return new Invitation(
        i.id(),
        i.email(),
        i.role(),
        i.invitedBy(),
        i.createdAt(),
        i.mailedAt(),
        i.expiresAt(),
        i.version() + 1);
  }

  private static NewEvent event(String what, Invitation invitation, Instant at) {
    return new NewEvent(
        "invitation." + what,
        invitation.id(),
        invitation.version(),
        at,
        Map.of("role", Memberships.wire(invitation.role())));
  }
}
