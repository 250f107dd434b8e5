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
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
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
import java.util.Optional;
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

  Member accept(
      UUID tenantId, Invitation invitation, NewPerson person, Origin origin, Instant now) {
    Optional<Account> known = accounts.find(EmailText.key(invitation.email()));
    Joining joining =
        known.isPresent()
            ? known(tenantId, known.get(), person, now)
            : fresh(tenantId, invitation, person, now);
    try {
      return transactions.call(
          PeopleLog.context(tenantId, joining.user().id(), origin),
          tx -> join(tx, invitation.id(), joining, now));
    } catch (RuntimeException e) {
      leaveQuietly(joining);
      throw e;
    }
  }

  private Joining known(UUID tenantId, Account account, NewPerson person, Instant now) {
    if (person != null) {
      throw new RookeryException(
          CommonErrors.CONFLICT, "The address has an account already; leave out name and password");
    }
    if (account.places().stream().anyMatch(place -> place.tenantId().equals(tenantId))) {
      throw new RookeryException(CommonErrors.CONFLICT, "The address is a member's already");
    }
    accounts.point(account.user().id(), tenantId, now);
    return new Joining(tenantId, account.user(), false);
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
      throw new RookeryException(CommonErrors.CONFLICT, "The address has an account already");
    }
    return new Joining(tenantId, user, true);
  }

  private static Secret given(Secret password) {
    return password == null ? Secret.of("") : password;
  }

  private Member join(Tx tx, UUID invitationId, Joining joining, Instant now) throws SQLException {
    entitlements.require(tx, Entitlement.USERS, it -> Memberships.count(it) + 1);
    Invitation invitation = InvitationRows.lock(tx, invitationId).orElseThrow(TokenKind::refused);
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
