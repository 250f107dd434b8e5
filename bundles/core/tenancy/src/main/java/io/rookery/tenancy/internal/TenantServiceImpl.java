// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.Tenant.Status;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.EntityTx;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.auth.KeyCache;
import io.rookery.tenancy.internal.entity.RowId;
import io.rookery.tenancy.internal.entity.TenantEntity;
import io.rookery.tenancy.internal.store.Cursor;
import io.rookery.tenancy.internal.store.Directory;
import io.rookery.tenancy.internal.store.TenantRows;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.persistence.EntityManagerFactory;
import javax.persistence.LockModeType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tenants. A tenant's own row is the truth; the directory is entered ahead of it and follows its
 * status.
 */
@Component
public final class TenantServiceImpl implements TenantService {

  private static final Logger LOG = LoggerFactory.getLogger(TenantServiceImpl.class);

  private final Transactions transactions;
  private final EntityManagerFactory unit;
  private final EventLog log;
  private final Epochs epochs;
  private final OperatorTenant operator;
  private final Directory directory;
  private final OperatorRequests operatorRequests;
  private final Clock clock;

  /** Serves once the tables are there. */
  @Activate
  public TenantServiceImpl(
      @Reference Transactions transactions,
      @Reference(target = "(osgi.unit.name=tenancy)") EntityManagerFactory unit,
      @Reference EventLog log,
      @Reference Epochs epochs,
      @Reference OperatorTenant operator,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(new Neighbours(transactions, unit, log, epochs), operator, Clock.systemUTC());
  }

  TenantServiceImpl(Neighbours neighbours, OperatorTenant operator, Clock clock) {
    this.transactions = neighbours.transactions();
    this.unit = neighbours.unit();
    this.log = neighbours.log();
    this.epochs = neighbours.epochs();
    this.operator = operator;
    this.directory = new Directory(transactions);
    this.operatorRequests = new OperatorRequests(transactions);
    this.clock = clock;
  }

  @Override
  public TenantContext operator(Actor actor) {
    return TenantContext.of(operator.id(), actor);
  }

  @Override
  public UUID operatorTenantId() {
    return operator.id();
  }

  /**
   * Three steps, of which the second decides: the slug is reserved, the request is answered once
   * for all in the operator's transaction, the tenant's row is written. A repeat of a request that
   * broke off finds the answer and writes the row again; what nobody repeats is swept.
   */
  @Override
  public Tenant create(TenantContext context, NewTenant wanted) {
    requireOperator(context);
    NewTenant valid = TenantRules.check(wanted);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = Uuids.next();
    boolean reserved = directory.reserve(id, valid.slug(), now);
    try {
      Tenant tenant =
          transactions.callOnce(
              context, Tenant.class, tx -> decide(reserved, tenant(id, valid, now)));
      if (reserved && !tenant.id().equals(id)) {
        directory.release(id);
        directory.reserve(tenant.id(), tenant.slug(), now);
      }
      transactions.call(context.inside(tenant.id()), tx -> insert(tx, tenant));
      return tenant;
    } catch (RuntimeException e) {
      if (reserved) {
        releaseQuietly(id);
      }
      throw e;
    }
  }

  private static Tenant decide(boolean reserved, Tenant tenant) {
    if (!reserved) {
      throw new RookeryException(CommonErrors.CONFLICT, "The slug is taken");
    }
    return tenant;
  }

  private static Tenant tenant(UUID id, NewTenant wanted, Instant now) {
    return new Tenant(
        id, wanted.slug(), wanted.name(), wanted.postalAddress(), Status.ACTIVE, 1, now, 1);
  }

  private Tenant insert(Tx tx, Tenant tenant) throws SQLException {
    if (TenantRows.insert(tx, tenant)) {
      append(tx, "tenant.created", tenant);
    }
    return tenant;
  }

  private void releaseQuietly(UUID id) {
    try {
      directory.release(id);
    } catch (RookeryException e) {
      LOG.warn("A directory entry without a tenant is left to the sweep: {}", e.getMessage());
    }
  }

  @Override
  public Page<Tenant> list(TenantContext context, PageRequest page) {
    requireOperator(context);
    UUID beyond = Cursor.TENANTS.read(page.cursor());
    return Cursor.TENANTS.page(directory.list(beyond, page.limit() + 1), page.limit(), Tenant::id);
  }

  @Override
  public Optional<Tenant> find(TenantContext context, String idOrSlug) {
    requireOperator(context);
    UUID id = idOrSlug.length() == 36 ? uuid(idOrSlug) : null;
    return directory.find(id, idOrSlug);
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public Tenant get(TenantContext context) {
    return transactions.callEntity(context, unit, tx -> find(tx, LockModeType.NONE).toRecord());
  }

  @Override
  public Tenant update(TenantContext context, TenantChange change) {
    TenantChange valid = TenantRules.check(change);
    return transactions.callEntity(
        context,
        unit,
        tx -> {
          TenantEntity entity = find(tx, LockModeType.PESSIMISTIC_WRITE);
          Tenant before = entity.toRecord();
          entity.change(valid);
          return changed(tx, entity, before, "tenant.updated");
        });
  }

  @Override
  public Tenant suspend(TenantContext context, UUID tenantId, String reason) {
    if (tenantId.equals(operator.id())) {
      throw new RookeryException(CommonErrors.WRONG_STATE, "The operator cannot be suspended");
    }
    return changeStatus(context, tenantId, Status.SUSPENDED, reason);
  }

  @Override
  public Tenant resume(TenantContext context, UUID tenantId) {
    return changeStatus(context, tenantId, Status.ACTIVE, null);
  }

  @Override
  public Tenant weigh(TenantContext context, UUID tenantId, int weight) {
    requireOperator(context);
    TenantRules.checkWeight(weight);
    return transactions.callEntity(
        context.inside(tenantId),
        unit,
        tx -> {
          TenantEntity entity = find(tx, LockModeType.PESSIMISTIC_WRITE);
          Tenant before = entity.toRecord();
          entity.weigh(weight);
          return changed(tx, entity, before, "tenant.updated");
        });
  }

  private Tenant changeStatus(TenantContext context, UUID tenantId, Status status, String reason) {
    requireOperator(context);
    String type = status == Status.SUSPENDED ? "tenant.suspended" : "tenant.resumed";
    TenantContext inside = operatorRequests.begin(context, context.inside(tenantId));
    Tenant tenant =
        transactions.callEntityOnce(
            inside,
            unit,
            Tenant.class,
            tx -> {
              TenantEntity entity = find(tx, LockModeType.PESSIMISTIC_WRITE);
              Tenant before = entity.toRecord();
              if (!entity.is(status)) {
                entity.changeStatus(status, reason);
              }
              return changed(tx, entity, before, type);
            });
    // Also where nothing changed: a node may have died here before.
    epochs.raise(tenantId, KeyCache.TENANT);
    directory.setStatus(tenantId, status);
    return tenant;
  }

  private static TenantEntity find(EntityTx tx, LockModeType lock) {
    UUID id = tx.context().tenantId();
    TenantEntity entity = tx.entities().find(TenantEntity.class, new RowId(id, id), lock);
    if (entity == null) {
      throw RookeryException.notFound("tenant");
    }
    return entity;
  }

  private Tenant changed(EntityTx tx, TenantEntity entity, Tenant before, String type) {
    tx.entities().flush();
    Tenant after = entity.toRecord();
    if (after.version() != before.version()) {
      append(tx, type, after);
    }
    return after;
  }

  private void append(Tx tx, String type, Tenant tenant) {
    log.append(tx, new NewEvent(type, tenant.id(), tenant.version(), clock.instant(), Map.of()));
  }

  private void requireOperator(TenantContext context) {
    if (!context.tenantId().equals(operator.id())) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator may do this");
    }
  }

  /** The services that tenants lean on. */
  record Neighbours(
      Transactions transactions, EntityManagerFactory unit, EventLog log, Epochs epochs) {}
}
