// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.workspace;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.tenancy.Workspace;
import io.rookery.api.tenancy.WorkspaceService;
import io.rookery.api.tenancy.WorkspaceUse;
import io.rookery.api.tenancy.Workspaces;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Workspaces. Who puts a thing into one holds its row, so that it is not archived meanwhile. */
@Component(
    service = {WorkspaceService.class, Workspaces.class},
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class WorkspaceServiceImpl implements WorkspaceService, Workspaces {

  private final Transactions transactions;
  private final EventLog log;
  private final Entitlements entitlements;
  private final Clock clock;
  private final List<WorkspaceUse> uses = new CopyOnWriteArrayList<>();

  /** Serves once the tables are there. */
  @Activate
  public WorkspaceServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference Entitlements entitlements) {
    this(transactions, log, entitlements, Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public WorkspaceServiceImpl(
      Transactions transactions, EventLog log, Entitlements entitlements, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.entitlements = entitlements;
    this.clock = clock;
  }

  /** Asks a service before anything is archived from now on. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindUse(WorkspaceUse use) {
    uses.add(use);
  }

  /** Asks it no longer. */
  public void unbindUse(WorkspaceUse use) {
    uses.remove(use);
  }

  @Override
  public Workspace create(TenantContext context, NewWorkspace wanted) {
    NewWorkspace valid = WorkspaceRules.check(wanted);
    return transactions.callOnce(
        context,
        Workspace.class,
        tx -> {
          entitlements.require(tx, Entitlement.WORKSPACES, t -> WorkspaceRows.count(t) + 1);
          UUID id = Uuids.next();
          Workspace made =
              new Workspace(id, valid.name(), valid.postalAddress(), false, now(), null, 1);
          if (!WorkspaceRows.insert(tx, made)) {
            throw taken();
          }
          return logged(tx, "workspace.created", made);
        });
  }

  @Override
  public Page<Workspace> list(TenantContext context, PageRequest page) {
    UUID beyond = page.beyond(null);
    return Page.byId(
        transactions.call(context, tx -> WorkspaceRows.list(tx, beyond, page.limit() + 1)),
        page,
        Workspace::id);
  }

  @Override
  public Workspace get(TenantContext context, UUID id) {
    return transactions.call(
        context,
        tx -> WorkspaceRows.find(tx, id).orElseThrow(() -> RookeryException.notFound("workspace")));
  }

  @Override
  public Workspace update(TenantContext context, UUID id, WorkspaceChange change, long version) {
    return transactions.call(
        context,
        tx -> {
          Workspace old = lock(tx, id);
          if (version != 0 && version != old.version()) {
            throw new RookeryException(
                CommonErrors.PRECONDITION_FAILED,
                "The workspace has another version than If-Match names");
          }
          if (old.archivedAt() != null) {
            throw new RookeryException(CommonErrors.WRONG_STATE, "The workspace is archived");
          }
          Workspace changed = WorkspaceRules.changed(old, change);
          return changed.equals(old) ? old : changed(tx, changed);
        });
  }

  private Workspace changed(Tx tx, Workspace changed) throws SQLException {
    if (WorkspaceRows.taken(tx, changed.name(), changed.id())) {
      throw taken();
    }
    return write(tx, "workspace.updated", changed, null);
  }

  @Override
  public Workspace archive(TenantContext context, UUID id) {
    return transactions.callOnce(context, Workspace.class, tx -> archive(tx, id));
  }

  private Workspace archive(Tx tx, UUID id) throws SQLException {
    Workspace old = lock(tx, id);
    if (old.main()) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "The main workspace stays as long as the tenant does");
    }
    if (old.archivedAt() != null) {
      return old;
    }
    for (WorkspaceUse use : uses) {
      use.objection(tx, id)
          .ifPresent(
              why -> {
                throw new RookeryException(CommonErrors.WRONG_STATE, why);
              });
    }
    return write(tx, "workspace.archived", old, now());
  }

  private Workspace write(Tx tx, String type, Workspace seen, Instant archivedAt)
      throws SQLException {
    Workspace next =
        new Workspace(
            seen.id(),
            seen.name(),
            seen.postalAddress(),
            seen.main(),
            seen.createdAt(),
            archivedAt,
            seen.version() + 1);
    WorkspaceRows.update(tx, next);
    return logged(tx, type, next);
  }

  @Override
  public UUID place(Tx tx, UUID wanted) {
    Set<UUID> seen = tx.context().workspaces();
    UUID main = tx.context().tenantId();
    if (seen == null && (wanted == null || wanted.equals(main))) {
      return main; // Is there as long as the tenant is.
    }
    if (wanted == null && seen.size() != 1) {
      throw RookeryException.invalid("/workspace_id", "Say in which of your workspaces");
    }
    UUID id = wanted == null ? seen.iterator().next() : wanted;
    try {
      Workspace found = WorkspaceRows.share(tx, id).orElse(null);
      if (found == null) {
        throw RookeryException.invalid("/workspace_id", "There is no such workspace");
      }
      if (found.archivedAt() != null) {
        throw RookeryException.invalid("/workspace_id", "The workspace is archived");
      }
      return id;
    } catch (SQLException e) {
      throw new IllegalStateException("The workspace cannot be looked up", e);
    }
  }

  private static Workspace lock(Tx tx, UUID id) throws SQLException {
    return WorkspaceRows.lock(tx, id).orElseThrow(() -> RookeryException.notFound("workspace"));
  }

  private static RookeryException taken() {
    return new RookeryException(CommonErrors.CONFLICT, "There is a workspace of this name");
  }

  private Workspace logged(Tx tx, String type, Workspace workspace) {
    log.append(
        tx, new NewEvent(type, workspace.id(), workspace.version(), clock.instant(), Map.of()));
    return workspace;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
