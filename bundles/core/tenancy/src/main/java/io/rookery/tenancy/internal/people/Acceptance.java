// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Invitation;
import io.rookery.api.people.InvitationService.NewPerson;
import io.rookery.api.people.Member;
import io.rookery.api.people.Origin;
import io.rookery.api.people.User;
import io.rookery.api.people.UserService.NewUser;
import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Entitlements;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.link.MailedLink;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.InvitationRows;
import io.rookery.tenancy.internal.people.store.Memberships;
import io.rookery.tenancy.internal.people.store.Memberships.Membership;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes members of those who take an invitation up. What the platform keeps is written ahead of the
 * membership and taken back where none followed.
 */
final class Acceptance {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

  private final Transactions transactions;
  private final EventLog log;
  private final Entitlements entitlements;
  private final PasswordHasher hasher;
  private final UserRules rules = new UserRules();
  private final Accounts accounts;

  Acceptance(
      Transactions transactions, EventLog log, Entitlements entitlements, PasswordHasher hasher) {
    this.transactions = transactions;
    this.log = log;
    this.entitlements = entitlements;
    this.hasher = hasher;
    this.accounts = new Accounts(transactions);
  }

  /** Who joins which tenant. */
  private record Joining(UUID tenantId, User user, boolean fresh) {}

  /** Makes a new account a member. */
  Member accept(
      UUID tenantId, Invitation invitation, NewPerson person, Origin origin, Instant now) {
    if (accounts.find(EmailText.key(invitation.email())).isPresent()) {
      throw known();
    }
    Joining joining = fresh(tenantId, invitation, person, now);
    TenantContext context = PeopleLog.context(tenantId, joining.user().id(), origin);
    return joined(joining, context, invitation.id(), now);
  }

  /** Makes somebody who is signed in a member, by a link that has proven whose address it is. */
  Member join(MailedLink link, Account account, TenantContext person, Instant now) {
    User user = account.user();
    Joining joining = new Joining(link.tenantId(), user, false);
    accounts.point(user.id(), link.tenantId(), now);
    TenantContext there = person.inside(link.tenantId()).with(person.idempotencyKey());
    Member member = joined(joining, there, link.subjectId(), now);
    accounts.verify(user.id(), EmailText.key(user.email()), now);
    return member;
  }

  private Member joined(Joining joining, TenantContext context, UUID invitation, Instant now) {
    try {
      return transactions.callOnce(context, Member.class, tx -> join(tx, invitation, joining, now));
    } catch (RuntimeException e) {
      leaveQuietly(joining);
      throw e;
    }
  }

  private static RookeryException known() {
    return new RookeryException(
        CommonErrors.CONFLICT,
        "The address has an account already; sign in and take the invitation up as that");
  }

  private Joining fresh(UUID tenantId, Invitation invitation, NewPerson person, Instant now) {
    if (person == null) {
      throw RookeryException.invalid(
          List.of(
              new FieldError("/name", "The address has no account yet; give a name"),
              new FieldError("/password", "The address has no account yet; give a password")));
    }
    NewUser valid =
        rules.check(
            new NewUser(
                invitation.email(), person.name(), given(person.password()), invitation.role()));
    User user = new User(Uuids.next(), valid.email(), valid.name(), true, false, now);
    String hash = hasher.hash(valid.password());
    if (!accounts.add(user, EmailText.key(user.email()), hash, tenantId)) {
      throw known();
    }
    return new Joining(tenantId, user, true);
  }

  private static Secret given(Secret password) {
    return password == null ? Secret.of("") : password;
  }

  private Member join(Tx tx, UUID invitationId, Joining joining, Instant now) throws SQLException {
    Invitation invitation = InvitationRows.lock(tx, invitationId).orElseThrow(TokenKind::refused);
    if (Memberships.ofUser(tx, joining.user().id()).isPresent()) {
      throw new RookeryException(CommonErrors.CONFLICT, "The address is a member's already");
    }
    entitlements.require(tx, Entitlement.USERS, it -> Memberships.count(it) + 1);
    User user = joining.user();
    Member member =
        new Member(Uuids.next(), user.id(), user.email(), user.name(), invitation.role(), now, 1);
    Memberships.insert(tx, new Membership(member.id(), user.id(), member.role(), now, 1));
    InvitationRows.delete(tx, invitationId);
    List<NewEvent> events = new ArrayList<>();
    if (joining.fresh()) {
      events.add(new NewEvent("user.created", user.id(), 1, now, Map.of()));
    }
    events.add(InvitationEvents.accepted(invitation, member));
    events.add(MemberEvents.added(member));
    log.append(tx, events);
    return member;
  }

  /** An error may come after the commit; what has its membership is left alone. */
  private void leaveQuietly(Joining joining) {
    try {
      accounts.leave(joining.user().id(), joining.tenantId());
    } catch (RookeryException e) {
      LOG.warn("An account without a membership is left to the sweep: {}", e.getMessage());
    }
  }
}
