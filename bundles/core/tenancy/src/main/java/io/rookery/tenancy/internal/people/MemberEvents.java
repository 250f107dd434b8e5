// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import static java.util.stream.Collectors.joining;

import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.events.NewEvent;
import io.rookery.tenancy.internal.people.store.Memberships;
import io.rookery.tenancy.internal.people.store.Memberships.Membership;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the log says of memberships; their subject is the membership. */
final class MemberEvents {

  private MemberEvents() {}

  static NewEvent added(Member member) {
    return new NewEvent(
        "member.added",
        member.id(),
        member.version(),
        member.joinedAt(),
        Map.of("user_id", member.userId(), "role", Memberships.wire(member.role())));
  }

  static NewEvent roleChanged(Membership before, Role role, Instant now) {
    return new NewEvent(
        "member.role_changed",
        before.id(),
        before.version() + 1,
        now,
        Map.of(
            "user_id",
            before.userId(),
            "from",
            Memberships.wire(before.role()),
            "role",
            Memberships.wire(role)));
  }

  static NewEvent restricted(Membership before, Set<UUID> workspaces, Instant now) {
    boolean whole = workspaces == null;
    return new NewEvent(
        whole ? "member.unrestricted" : "member.restricted",
        before.id(),
        before.version() + 1,
        now,
        whole
            ? Map.of("user_id", before.userId())
            : Map.of(
                "user_id",
                before.userId(),
                "workspaces",
                workspaces.stream().map(UUID::toString).sorted().collect(joining(" "))));
  }

  static NewEvent removed(Membership before, Instant now) {
    return new NewEvent(
        "member.removed",
        before.id(),
        before.version() + 1,
        now,
        Map.of("user_id", before.userId(), "role", Memberships.wire(before.role())));
  }
}
