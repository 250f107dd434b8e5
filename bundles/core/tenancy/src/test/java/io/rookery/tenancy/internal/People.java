// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.people.Member;
import io.rookery.api.people.Origin;
import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.people.PeopleMail.Letter;
import io.rookery.api.people.Role;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.people.UserService.NewUser;
import io.rookery.api.tenancy.Tenant;
import io.rookery.events.EventLog;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.EmailAddressServiceImpl;
import io.rookery.tenancy.internal.people.MemberServiceImpl;
import io.rookery.tenancy.internal.people.PasswordServiceImpl;
import io.rookery.tenancy.internal.people.PeopleMailImpl;
import io.rookery.tenancy.internal.people.PeopleSweep;
import io.rookery.tenancy.internal.people.SecondFactorServiceImpl;
import io.rookery.tenancy.internal.people.SessionAuthenticatorImpl;
import io.rookery.tenancy.internal.people.SessionServiceImpl;
import io.rookery.tenancy.internal.people.UnlockServiceImpl;
import io.rookery.tenancy.internal.people.UserServiceImpl;
import io.rookery.tenancy.internal.people.password.Argon2Text;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import io.rookery.tenancy.internal.plan.EntitlementsImpl;
import java.time.Duration;
import java.util.UUID;

/** People in the tenants of a world, with passwords that are cheap to check. */
final class People {

  static final Secret PASSWORD = Secret.of("grey otter, 9 stones");
  static final Argon2Text CHEAP = new Argon2Text(64, 1, 1);

  final World world;
  final PasswordHasher hasher = new PasswordHasher(CHEAP, 8, Duration.ofSeconds(10));
  final UserServiceImpl users;
  final SessionServiceImpl sessions;
  final UnlockServiceImpl unlocks;
  final SecondFactorServiceImpl factors;
  final PeopleMailImpl mail;
  final PasswordServiceImpl passwords;
  final Vault secrets;

  People(World world) {
    this(world, new Vault());
  }

  People(World world, Vault secrets) {
    this.secrets = secrets;
    EventLog log = new EventLogService(() -> 1, null);
    this.world = world;
    this.users =
        new UserServiceImpl(
            new UserServiceImpl.Neighbours(
                world.transactions,
                log,
                world.peppers,
                world.tenants,
                new EntitlementsImpl(world.standings)),
            hasher,
            world.clock);
    this.unlocks =
        new UnlockServiceImpl(world.transactions, log, world.peppers, world.operator, world.clock);
    this.factors =
        new SecondFactorServiceImpl(
            new SecondFactorServiceImpl.Neighbours(
                world.transactions, log, world.peppers, secrets, world.operator),
            hasher,
            world.clock);
    this.mail = new PeopleMailImpl(world.transactions, world.peppers, world.tenants, world.clock);
    this.passwords =
        new PasswordServiceImpl(
            new PasswordServiceImpl.Neighbours(
                world.transactions, log, world.database.epochs(), world.peppers, world.operator),
            hasher,
            world.clock);
    this.sessions = sessions(world.transactions, hasher);
  }

  /** Returns sessions on other transactions, by another hasher. */
  SessionServiceImpl sessions(Transactions transactions, PasswordHasher by) {
    return new SessionServiceImpl(
        new SessionServiceImpl.Neighbours(
            transactions,
            new EventLogService(() -> 1, null),
            world.database.epochs(),
            world.peppers,
            secrets,
            world.operator),
        by,
        world.clock);
  }

  SessionAuthenticatorImpl authenticator(Epochs epochs) {
    return new SessionAuthenticatorImpl(
        new SessionAuthenticatorImpl.Neighbours(
            world.transactions, epochs, world.peppers, world.operator),
        world.clock);
  }

  EmailAddressServiceImpl addresses() {
    return addresses(world.transactions);
  }

  /** Returns the same on other transactions. */
  EmailAddressServiceImpl addresses(Transactions transactions) {
    return new EmailAddressServiceImpl(
        new EmailAddressServiceImpl.Neighbours(
            transactions, new EventLogService(() -> 1, null), world.peppers, world.operator),
        hasher,
        world.clock);
  }

  /** Has somebody verify the address. */
  Member verified(Member member) {
    addresses().redeem(letter(Kind.VERIFY, member.userId()).link().token(), from("198.51.100.1"));
    return member;
  }

  /** Returns an address that nobody else has. */
  static String email() {
    return "p" + Uuids.next() + "@example.org";
  }

  Member join(Tenant tenant, Role role) {
    return users.create(world.asOperator, tenant.id(), person(email(), role));
  }

  static NewUser person(String email, Role role) {
    return new NewUser(email, "Ada Lovelace", PASSWORD, role);
  }

  Tokens signIn(String email) {
    return sessions.signIn(new Credentials(email, PASSWORD, null), from("192.0.2.1")).tokens();
  }

  /** Sets somebody's password anew, by a link that was asked for a minute after the last. */
  void reset(Member member, Secret password) {
    world.clock.move(Duration.ofMinutes(1));
    Secret link = letter(Kind.RESET_ASKED, member.userId()).link().token();
    passwords.reset(link, password, from("198.51.100.1"));
  }

  boolean passwordIs(Member member, Secret password) {
    return world.transactions.system(
        SystemPurpose.PEOPLE,
        connection -> {
          try (var query =
              connection.prepareStatement(
                  "select password_hash from platform.user_account where id = ?")) {
            query.setObject(1, member.userId());
            try (var row = query.executeQuery()) {
              return row.next() && hasher.matches(password, row.getString(1));
            }
          }
        });
  }

  /** Returns sessions that somebody's new password crosses just before one transaction. */
  SessionServiceImpl crossed(int before, Member member, Secret password) {
    Runnable reset = () -> reset(member, password);
    return sessions(new CountingTransactions(world.transactions, before, reset), hasher);
  }

  static Origin from(String address) {
    return new Origin(address, "test", Uuids.next().toString());
  }

  /** Returns the letter that somebody is to get for something that happens now. */
  Letter letter(Kind kind, UUID subject) {
    return mail.letter(cause(kind, subject)).orElseThrow();
  }

  /** Returns the letter for an invitation that was made or resent now. */
  Letter invitation(UUID tenantId, UUID invitation) {
    return mail.letter(
            new Cause(Uuids.next(), Kind.INVITED, tenantId, invitation, world.clock.instant()))
        .orElseThrow();
  }

  /** Makes a cause of now. */
  Cause cause(Kind kind, UUID subject) {
    return new Cause(Uuids.next(), kind, world.operator.id(), subject, world.clock.instant());
  }

  /** Returns the context of a member who is signed in. */
  static TenantContext as(Tenant tenant, Member member) {
    return as(tenant.id(), member.userId());
  }

  static TenantContext as(UUID tenantId, UUID userId) {
    return TenantContext.of(tenantId, new Actor(Actor.Kind.USER, userId.toString()));
  }

  PeopleSweep sweep() {
    return new PeopleSweep(world.transactions, secrets, world.operator, world.clock);
  }

  MemberServiceImpl members() {
    return new MemberServiceImpl(
        new MemberServiceImpl.Neighbours(
            world.transactions, new EventLogService(() -> 1, null), world.database.epochs()),
        world.clock);
  }
}
