// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Member;
import io.rookery.api.people.User;
import io.rookery.api.people.UserService;
import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.Memberships;
import io.rookery.tenancy.internal.people.store.Memberships.Membership;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People's accounts. One is written ahead of its membership, and taken back where none followed.
 */
@Component(service = UserService.class)
public final class UserServiceImpl implements UserService {

  private static final Logger LOG = LoggerFactory.getLogger(UserServiceImpl.class);

  private final Transactions transactions;
  private final EventLog log;
  private final TenantService tenants;
  private final Entitlements entitlements;
  private final PasswordHasher hasher;
  private final KeyDigests digests;
  private final UserRules rules = new UserRules();
  private final Accounts accounts;
  private final Clock clock;

  /** Serves once the tables are there. */
  @Activate
  public UserServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference PlatformKeys keys,
      @Reference TenantService tenants,
      @Reference Entitlements entitlements,
      @Reference Passwords passwords,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(
        new Neighbours(transactions, log, keys, tenants, entitlements),
        passwords.hasher(),
        Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public UserServiceImpl(Neighbours neighbours, PasswordHasher hasher, Clock clock) {
    this.transactions = neighbours.transactions();
    this.log = neighbours.log();
    this.tenants = neighbours.tenants();
    this.entitlements = neighbours.entitlements();
    this.hasher = hasher;
    this.digests = new KeyDigests(neighbours.keys(), KeyPurpose.SESSION);
    this.accounts = new Accounts(transactions);
    this.clock = clock;
  }

  @Override
  public Member create(TenantContext operator, UUID tenantId, NewUser wanted) {
    TenantContext tenant = inside(operator, tenantId);
    NewUser valid = rules.check(wanted);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    User user = new User(Uuids.next(), valid.email(), valid.name(), false, false, now);
    String hash = hasher.hash(valid.password());
    boolean added = accounts.add(user, EmailText.key(user.email()), hash, tenantId);
    try {
      Member member =
          new Member(Uuids.next(), user.id(), user.email(), user.name(), valid.role(), now, 1);
      Member made = transactions.callOnce(tenant, Member.class, tx -> join(tx, added, member));
      if (added && !made.userId().equals(user.id())) {
        leaveQuietly(user.id(), tenantId);
      }
      return made;
    } catch (RuntimeException e) {
      if (added) {
        leaveQuietly(user.id(), tenantId);
      }
      throw e;
    }
  }

  private Member join(Tx tx, boolean added, Member member) throws SQLException {
    if (!added) {
      throw new RookeryException(CommonErrors.CONFLICT, "The address has an account already");
    }
    entitlements.require(tx, Entitlement.USERS, it -> Memberships.count(it) + 1);
    Memberships.insert(
        tx, new Membership(member.id(), member.userId(), member.role(), member.joinedAt(), 1));
    log.append(
        tx,
        List.of(
            new NewEvent("user.created", member.userId(), 1, member.joinedAt(), Map.of()),
            MemberEvents.added(member)));
    return member;
  }

  /** An error may come after the commit; what has its membership is left alone. */
  private void leaveQuietly(UUID userId, UUID tenantId) {
    try {
      accounts.leave(userId, tenantId);
    } catch (RookeryException e) {
      LOG.warn("An account without a membership is left to the sweep: {}", e.getMessage());
    }
  }

  @Override
  public User self(TenantContext person) {
    UUID id = PersonContext.userId(person);
    User found = accounts.users(Set.of(id)).get(id);
    if (found == null) {
      throw RookeryException.notFound("user");
    }
    return found;
  }

  /** Returns the operator's context turned to a tenant that there is. */
  private TenantContext inside(TenantContext operator, UUID tenantId) {
    if (!operator.tenantId().equals(tenants.operatorTenantId())) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator may do this");
    }
    if (tenants.find(operator, tenantId.toString()).isEmpty()) {
      throw RookeryException.notFound("tenant");
    }
    return new TenantContext(
        tenantId,
        operator.actor(),
        operator.requestId(),
        SealedKeys.seal(operator.idempotencyKey(), digests),
        TenantContext.Mode.LIVE,
        operator.source());
  }

  /** The services that accounts lean on. */
  public record Neighbours(
      Transactions transactions,
      EventLog log,
      PlatformKeys keys,
      TenantService tenants,
      Entitlements entitlements) {}
}
