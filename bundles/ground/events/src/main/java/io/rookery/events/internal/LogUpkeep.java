// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal;

import io.rookery.persistence.PartitionedTables;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log's partitions a week ahead and drops those that have outlived their retention and
 * that every reader has passed. At start it also notices that the database was restored into a
 * server whose transaction ids begin anew. Runs on every node; all of it may be repeated.
 */
@Component(
    service = LogUpkeep.class,
    configurationPid = EventConfiguration.PID,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=events)"))
@Designate(ocd = EventConfiguration.class)
public final class LogUpkeep {

  private static final Logger LOG = LoggerFactory.getLogger(LogUpkeep.class);
  private static final String TABLE = "event";
  private static final int DAYS_AHEAD = 7;

  private static final String RAISE =
      """
      update platform.log_incarnation l set incarnation = incarnation + 1
      where exists (select from tenant.event e where e.incarnation = l.incarnation
        and e.xid >= pg_snapshot_xmax(pg_current_snapshot()))""";

  private static final String UNREAD =
      """
      select count(*), count(floor_at), min(floor_at) from (
        select floor_at from platform.reader_cursor
        union all select floor_at from platform.reader_behind) r""";

  private final Transactions transactions;
  private final PartitionedTables tables;
  private final Period retention;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private volatile int incarnation;

  /** Readies the log and goes on to keep it every hour. */
  @Activate
  public LogUpkeep(
      @Reference Transactions transactions,
      @Reference PartitionedTables tables,
      EventConfiguration configuration) {
    this(
        transactions, tables, Period.ofMonths(configuration.retention_months()), Clock.systemUTC());
    keepAhead();
    raiseIncarnation();
    timer.scheduleWithFixedDelay(this::hourly, 1, 60, TimeUnit.MINUTES);
    timer.scheduleWithFixedDelay(this::watchIncarnation, 10, 10, TimeUnit.SECONDS);
  }

  /** Keeps the log when asked, by a given clock. */
  public LogUpkeep(
      Transactions transactions, PartitionedTables tables, Period retention, Clock clock) {
    this.transactions = transactions;
    this.tables = tables;
    this.retention = retention;
    this.clock = clock;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "rookery-event-log"));
  }

  /** Stops keeping the log. */
  @Deactivate
  public void close() {
    timer.shutdownNow();
  }

  private void hourly() {
    keepAhead();
    try {
      dropOld();
    } catch (RuntimeException e) {
      LOG.warn("Old events cannot be dropped now", e);
    }
  }

  /** Makes the partitions of today and the coming week; where one fails, the net below catches. */
  public void keepAhead() {
    Instant now = clock.instant();
    for (int days = 0; days <= DAYS_AHEAD; days++) {
      Instant day = now.plus(Duration.ofDays(days));
      try {
        tables.ensure(TABLE, day, day);
      } catch (RuntimeException e) {
        LOG.warn("The event log has no partition for the day of {}", day, e);
      }
    }
  }

  /**
   * Begins a new incarnation where the log knows transaction ids that are yet to come. Nodes that
   * run learn of it within ten seconds, so a database is restored while all of them are stopped.
   */
  public void raiseIncarnation() {
    int raised =
        transactions.system(SystemPurpose.EVENT_READING, connection -> update(connection, RAISE));
    if (raised > 0) {
      LOG.info("The database was restored: the event log begins a new incarnation");
    }
    readIncarnation();
  }

  /** Returns the incarnation that events are appended in. */
  public int incarnation() {
    return incarnation;
  }

  private void readIncarnation() {
    incarnation = transactions.system(SystemPurpose.EVENT_READING, LogUpkeep::incarnation);
  }

  private void watchIncarnation() {
    try {
      readIncarnation();
    } catch (RuntimeException e) {
      LOG.debug("The incarnation of the event log cannot be read now", e);
    }
  }

  private static int incarnation(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select incarnation from platform.log_incarnation")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Drops what has outlived its retention, unless some reader has yet to read it. */
  public int dropOld() {
    Instant limit = clock.instant().atZone(ZoneOffset.UTC).minus(retention).toInstant();
    Optional<Instant> unread = transactions.system(SystemPurpose.RETENTION, this::oldestUnread);
    if (unread.isEmpty()) {
      LOG.info("No events are dropped, as a reader has only begun to read");
      return 0;
    }
    return tables.dropBefore(TABLE, limit.isBefore(unread.get()) ? limit : unread.get());
  }

  /** Returns the moment before which all is read; empty where some reader cannot tell. */
  private Optional<Instant> oldestUnread(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(UNREAD)) {
      row.next();
      if (row.getLong(2) < row.getLong(1)) {
        return Optional.empty();
      }
      Timestamp oldest = row.getTimestamp(3);
      return Optional.of(oldest == null ? Instant.MAX : oldest.toInstant());
    }
  }

  private static int update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }
}
