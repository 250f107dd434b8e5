// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Member;
import io.rookery.api.people.MemberService;
import io.rookery.api.people.Role;
import io.rookery.api.people.User;
import io.rookery.events.EventLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.Memberships;
import io.rookery.tenancy.internal.people.store.Memberships.Membership;
import io.rookery.tenancy.internal.people.store.Sessions;
import io.rookery.tenancy.internal.people.store.Sessions.Ended;
import io.rookery.tenancy.internal.people.store.Sessions.Reason;
import io.rookery.tenancy.internal.workspace.WorkspaceRows;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Members of tenants. Who changes one holds the rows of all owners, so that one always stays. */
@Component(service = MemberService.class)
public final class MemberServiceImpl implements MemberService {

  /** Who may be restricted to workspaces; whoever administers a tenant sees all of it. */
  private static final Set<Role> RESTRICTED = Set.of(Role.MEMBER, Role.VIEWER);

  private final Transactions transactions;
  private final EventLog log;
  private final Epochs epochs;
  private final Accounts accounts;
  private final Sessions sessions;
  private final PeopleLog peopleLog;
  private final Inviters inviters;
  private final Clock clock;

  /** Serves once the tables are there. */
  @Activate
  public MemberServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference Epochs epochs,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(new Neighbours(transactions, log, epochs), Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public MemberServiceImpl(Neighbours neighbours, Clock clock) {
    this.transactions = neighbours.transactions();
    this.log = neighbours.log();
    this.epochs = neighbours.epochs();
    this.accounts = new Accounts(transactions);
    this.sessions = new Sessions(transactions);
    this.peopleLog = new PeopleLog(transactions, log, clock);
    this.inviters = new Inviters(log, clock);
    this.clock = clock;
  }

  /** The services that members lean on. */
  public record Neighbours(Transactions transactions, EventLog log, Epochs epochs) {}

  @Override
  public Page<Member> list(TenantContext context, PageRequest page) {
    UUID beyond = page.beyond(null);
    List<Membership> found =
        transactions.call(context, tx -> Memberships.list(tx, beyond, page.limit() + 1));
    return Page.byId(named(found), page, Member::id);
  }

  @Override
  public Member get(TenantContext context, UUID id) {
    Membership found =
        transactions.call(
            context, tx -> Memberships.find(tx, id).orElseThrow(MemberServiceImpl::nobody));
    return named(List.of(found)).get(0);
  }

  /** What people are called is the platform's to know. */
  private List<Member> named(List<Membership> memberships) {
    Map<UUID, User> users =
        accounts.users(memberships.stream().map(Membership::userId).collect(Collectors.toSet()));
    return memberships.stream().map(member -> named(member, users.get(member.userId()))).toList();
  }

  private static Member named(Membership member, User user) {
    return new Member(
        member.id(),
        member.userId(),
        user == null ? null : user.email(),
        user == null ? null : user.name(),
        member.role(),
        member.joinedAt(),
        member.version(),
        member.workspaceIds());
  }

  @Override
  public Member changeRole(TenantContext context, UUID id, Role role, long version) {
    boolean verified = role != Role.OWNER || verified(context, id);
    transactions.call(context, tx -> changeRole(tx, id, new Change(role, verified), version));
    // Also where nothing changed: a node may have died here before.
    epochs.raise(context.tenantId(), SessionCache.SESSIONS);
    return get(context, id);
  }

  /** A role, and whether the person may have it as far as the address goes. */
  private record Change(Role role, boolean verified) {}

  /** Whoever can have a new password mailed must not be an owner by a slip in an address. */
  private boolean verified(TenantContext context, UUID id) {
    Membership member =
        transactions.call(
            context, tx -> Memberships.find(tx, id).orElseThrow(MemberServiceImpl::nobody));
    User user = accounts.users(Set.of(member.userId())).get(member.userId());
    return member.role() == Role.OWNER || (user != null && user.emailVerified());
  }

  private Membership changeRole(Tx tx, UUID id, Change change, long version) throws SQLException {
    Role role = change.role();
    List<Membership> owners = Memberships.lockOwners(tx);
    Membership member = lock(tx, id, version);
    OwnerRules rules = new OwnerRules(tx.context(), owners);
    rules.requireRight(member, role);
    if (member.workspaceIds() != null && !RESTRICTED.contains(role)) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE,
          "Owners and admins see the whole tenant; take the restriction to workspaces off first");
    }
    if (!change.verified()) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE,
          "The person's address is not verified; only who has verified it becomes an owner");
    }
    if (member.role() != role) {
      rules.requireAnotherOwner(member);
      Memberships.changeRole(tx, id, role);
      log.append(tx, MemberEvents.roleChanged(member, role, clock.instant()));
      inviters.revoke(tx, member.userId(), role);
    }
    return member;
  }

  private static Membership lock(Tx tx, UUID id, long version) throws SQLException {
    Membership member = Memberships.lock(tx, id).orElseThrow(MemberServiceImpl::nobody);
    if (version != 0 && version != member.version()) {
      throw new RookeryException(
          CommonErrors.PRECONDITION_FAILED, "The member has another version than If-Match names");
    }
    return member;
  }

  @Override
  public Member restrict(TenantContext context, UUID id, Set<UUID> workspaces, long version) {
    transactions.call(context, tx -> restrict(tx, id, workspaces, version));
    // Also where nothing changed: a node may have died here before.
    epochs.raise(context.tenantId(), SessionCache.SESSIONS);
    return get(context, id);
  }

  private Membership restrict(Tx tx, UUID id, Set<UUID> workspaces, long version)
      throws SQLException {
    Membership member = lock(tx, id, version);
    if (workspaces != null) {
      if (!RESTRICTED.contains(member.role())) {
        throw new RookeryException(
            CommonErrors.WRONG_STATE,
            "Owners and admins see the whole tenant; make the person a member or viewer first");
      }
      if (WorkspaceRows.known(tx, workspaces) < workspaces.size()) {
        throw RookeryException.invalid("/workspace_ids", "There is no such workspace");
      }
    }
    if (!Objects.equals(member.workspaceIds(), workspaces)) {
      Memberships.restrict(tx, id, workspaces);
      log.append(tx, MemberEvents.restricted(member, workspaces, clock.instant()));
    }
    return member;
  }

  @Override
  public void remove(TenantContext context, UUID id) {
    Membership removed = transactions.call(context, tx -> remove(tx, id));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Ended> ended = sessions.endIn(context.tenantId(), removed.userId(), Reason.REMOVED, now);
    epochs.raise(context.tenantId(), SessionCache.SESSIONS);
    peopleLog.ended(tenant -> context, ended);
    accounts.leave(removed.userId(), context.tenantId());
  }

  private Membership remove(Tx tx, UUID id) throws SQLException {
    List<Membership> owners = Memberships.lockOwners(tx);
    Membership member = Memberships.lock(tx, id).orElseThrow(MemberServiceImpl::nobody);
    OwnerRules rules = new OwnerRules(tx.context(), owners);
    rules.requireSomebodyElse(member);
    rules.requireRight(member, member.role());
    rules.requireAnotherOwner(member);
    Memberships.delete(tx, id);
    log.append(tx, MemberEvents.removed(member, clock.instant()));
    inviters.revoke(tx, member.userId(), null);
    return member;
  }

  private static RookeryException nobody() {
    return RookeryException.notFound("member");
  }
}
