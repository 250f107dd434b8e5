// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.EntityWork;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Select;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.TxWork;
import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.tx.TenantSetting.Plans;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs every transaction there is. */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=persistence)"))
public final class TransactionsService implements Transactions {

  private final Database database;
  private final IdempotencyRecords records;
  private final Nesting nesting = new Nesting();

  /** Works on the database once its own tables are there. */
  @Activate
  public TransactionsService(@Reference Database database) {
    this(database, Clock.systemUTC());
  }

  /** Works by a given clock. */
  public TransactionsService(Database database, Clock clock) {
    this.database = database;
    this.records = new IdempotencyRecords(clock);
  }

  @Override
  public <R> R call(TenantContext context, TxWork<R> work) {
    Objects.requireNonNull(context, "context");
    return guarded(() -> inTransaction(database.app(), tenant(context, work, Plans.FRESH)));
  }

  @Override
  public <R> R callByKey(TenantContext context, TxWork<R> work) {
    Objects.requireNonNull(context, "context");
    return guarded(() -> inTransaction(database.app(), tenant(context, work, Plans.KEPT)));
  }

  @Override
  public <R> List<R> readByIndex(TenantContext context, Select<R> select) {
    Objects.requireNonNull(context, "context");
    List<R> found = guarded(() -> SingleRead.run(database.app(), context, select));
    return found.isEmpty() ? Transactions.super.readByIndex(context, select) : found;
  }

  @Override
  public <R> R callOnce(TenantContext context, Class<R> resultType, TxWork<R> work) {
    return call(context, once(context, resultType, work));
  }

  @Override
  public <R> R callEntity(TenantContext context, EntityManagerFactory unit, EntityWork<R> work) {
    Objects.requireNonNull(context, "context");
    return guarded(() -> EntityTransaction.run(context, unit, work));
  }

  @Override
  public <R> R callEntityOnce(
      TenantContext context, EntityManagerFactory unit, Class<R> resultType, EntityWork<R> work) {
    Objects.requireNonNull(context, "context");
    return guarded(
        () ->
            EntityTransaction.run(
                context, unit, tx -> once(context, resultType, t -> work.run(tx)).run(tx)));
  }

  @Override
  public <R> R system(SystemPurpose purpose, SystemWork<R> work) {
    Objects.requireNonNull(purpose, "purpose");
    return guarded(() -> inTransaction(database.system(), work::run));
  }

  private <R> TxWork<R> once(TenantContext context, Class<R> resultType, TxWork<R> work) {
    if (context.idempotencyKey() == null) {
      return work;
    }
    return tx -> {
      Optional<IdempotencyRecords.Kept<R>> kept = records.claim(tx, resultType);
      if (kept.isPresent()) {
        return kept.get().result();
      }
      R result = work.run(tx);
      records.keep(tx, result);
      return result;
    };
  }

  private static <R> SqlWork<R> tenant(TenantContext context, TxWork<R> work, Plans plans) {
    return connection -> {
      new TenantSetting(context, plans).apply(connection);
      Tx tx = new OpenTx(context, connection);
      return work.run(tx);
    };
  }

  private static <R> R inTransaction(DataSource source, SqlWork<R> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        R result = work.run(GuardedConnection.of(connection));
        SilentRollback.refuse(connection);
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          rollback(connection);
        }
      }
    }
  }

  /** A connection that cannot even roll back is dead, and the server has rolled back by itself. */
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      return;
    }
  }

  private <R> R guarded(Callable<R> transaction) {
    try (Nesting mark = nesting.enter()) {
      return translated(transaction);
    }
  }

  private <R> R translated(Callable<R> transaction) {
    try {
      return transaction.call();
    } catch (Exception e) {
      if (ErrorTranslation.noRoom(e)) {
        database.room().refused();
      }
      throw ErrorTranslation.translate(e);
    }
  }
}
