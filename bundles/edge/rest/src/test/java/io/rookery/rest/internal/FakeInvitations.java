// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.people.Invitation;
import io.rookery.api.people.InvitationService;
import io.rookery.api.people.Member;
import io.rookery.api.people.Origin;
import io.rookery.api.people.Role;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Knows one link for somebody new and one for somebody who has an account. */
final class FakeInvitations implements InvitationService {

  static final UUID ID = new UUID(0, 31);

  volatile NewPerson person;
  volatile UUID revoked;
  volatile int accepted;
  volatile UUID joined;

  private static Invitation invitation(String email, Role role) {
    return new Invitation(
        ID, email, role, "user:x", FakePeople.NOON, FakePeople.NOON, FakePeople.NOON, 1);
  }

  @Override
  public Invitation invite(TenantContext context, String email, Role role) {
    return invitation(email, role);
  }

  @Override
  public Page<Invitation> list(TenantContext context, PageRequest page) {
    return new Page<>(List.of(invitation("eve@example.org", Role.VIEWER)), null);
  }

  @Override
  public Invitation get(TenantContext context, UUID id) {
    return invitation("eve@example.org", Role.VIEWER);
  }

  @Override
  public Invitation resend(TenantContext context, UUID id) {
    return invitation("eve@example.org", Role.VIEWER);
  }

  @Override
  public void revoke(TenantContext context, UUID id) {
    revoked = id;
  }

  @Override
  public Optional<Offer> offer(Secret token) {
    return switch (token.reveal()) {
      case "rky_invitation_new" ->
          Optional.of(new Offer("Acme <b>", "eve@example.org", Role.VIEWER, false));
      case "rky_invitation_known" ->
          Optional.of(new Offer("Acme <b>", "ada@example.org", Role.VIEWER, true));
      default -> Optional.empty();
    };
  }

  @Override
  public Member join(TenantContext who, Secret token) {
    if (!token.reveal().equals("rky_invitation_known")) {
      throw RookeryException.invalid("/token", "The link is another address's");
    }
    joined = UUID.fromString(who.actor().id());
    return new Member(ID, joined, "ada@example.org", "Ada", Role.VIEWER, FakePeople.NOON, 1);
  }

  @Override
  public Member accept(Secret token, NewPerson given, Origin origin) {
    Offer offer =
        offer(token)
            .orElseThrow(() -> new RookeryException(CommonErrors.UNAUTHENTICATED, "Not valid"));
    if (given != null && given.password().reveal().length() < 12) {
      throw RookeryException.invalid("/password", "Give at least 12 characters");
    }
    if ("Full".equals(given == null ? null : given.name())) {
      throw new RookeryException(CommonErrors.CONFLICT, "The plan allows no more");
    }
    person = given;
    accepted++;
    return new Member(ID, FakePeople.USER, offer.email(), "Eve", Role.VIEWER, FakePeople.NOON, 1);
  }
}
