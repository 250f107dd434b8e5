// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.epoch;

import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.thread.Periodic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the epochs each second. A caller that finds them too old asks the database itself, so that
 * a busy machine does not look like a lost database.
 */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=persistence)"))
public final class EpochsService implements Epochs {

  private static final Logger LOG = LoggerFactory.getLogger(EpochsService.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration TRUST = Duration.ofSeconds(2);
  private static final String RAISE =
      "insert into platform.epoch as e (tenant_id, topic, value, changed)"
          + " values (?, ?, 1, pg_current_xact_id()) on conflict (tenant_id, topic)"
          + " do update set value = e.value + 1, changed = excluded.changed returning value";

  private final Transactions transactions;
  private final EpochReader reader;
  private final LongSupplier nanos;
  private final Map<EpochReader.Key, Long> known = new ConcurrentHashMap<>();
  private final ReentrantLock polling = new ReentrantLock();
  private final Periodic poller;
  private volatile Long polledAt;

  /** Polls from now on. */
  @Activate
  public EpochsService(@Reference Transactions transactions, @Reference Database database) {
    this(transactions, database, System::nanoTime);
  }

  /** Polls by a given monotonic clock. */
  public EpochsService(Transactions transactions, Database database, LongSupplier nanos) {
    this.transactions = transactions;
    this.reader = new EpochReader(database);
    this.nanos = nanos;
    this.poller = Periodic.now("rookery-epochs", PERIOD, this::pollQuietly);
  }

  /** Stops polling. */
  @Deactivate
  public void close() {
    poller.close();
  }

  @Override
  public void raise(UUID tenantId, String topic) {
    long value = transactions.system(SystemPurpose.EPOCHS, c -> raise(c, tenantId, topic));
    known.merge(new EpochReader.Key(tenantId, topic), value, Math::max);
  }

  private static long raise(Connection connection, UUID tenantId, String topic)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RAISE)) {
      statement.setObject(1, tenantId);
      statement.setString(2, topic);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Override
  public long current(UUID tenantId, String topic) {
    if (!fresh() && !refresh()) {
      throw RookeryException.unavailable(
          "The database cannot be asked what has changed", PERIOD, null);
    }
    return known.getOrDefault(new EpochReader.Key(tenantId, topic), 0L);
  }

  private boolean fresh() {
    Long at = polledAt;
    return at != null && nanos.getAsLong() - at < TRUST.toNanos();
  }

  private boolean refresh() {
    try {
      if (!polling.tryLock(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      return fresh() || poll();
    } finally {
      polling.unlock();
    }
  }

  private void pollQuietly() {
    polling.lock();
    try {
      poll();
    } finally {
      polling.unlock();
    }
  }

  /** The age of what is read counts from before it was asked for. */
  private boolean poll() {
    long asked = nanos.getAsLong();
    try {
      reader.read().forEach((key, value) -> known.merge(key, value, Math::max));
      polledAt = asked;
      return true;
    } catch (SQLException | RuntimeException e) {
      LOG.warn("Epochs cannot be read: {}", e.getMessage());
      return false;
    }
  }
}
