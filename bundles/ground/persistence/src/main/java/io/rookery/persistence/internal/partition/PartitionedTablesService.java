// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.partition;

import io.rookery.kernel.RookeryException;
import io.rookery.persistence.PartitionedTables;
import io.rookery.persistence.Schema;
import io.rookery.persistence.internal.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes and drops partitions as the owner, without a lock that would stop readers or writers of the
 * other partitions: a new one is made aside and attached, an old one detached concurrently, where
 * there is no default partition, and then dropped. What a crash left half done the next call
 * finishes.
 */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=persistence)"))
public final class PartitionedTablesService implements PartitionedTables {

  private static final String TABLES =
      """
      select c.relname, i.inhrelid is not null, coalesce(i.inhdetachpending, false)
      from pg_class c
      left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = ?::regclass
      where c.relnamespace = 'tenant'::regnamespace and c.relkind = 'r'
        and starts_with(c.relname, ?)""";

  private static final String HAS_DEFAULT =
      "select partdefid <> 0 from pg_partitioned_table where partrelid = ?::regclass";

  private final Database database;

  /** Works on tables that migrations have made. */
  @Activate
  public PartitionedTablesService(@Reference Database database) {
    this.database = database;
  }

  @Override
  public void ensure(String table, Instant from, Instant to) {
    PartitionNames names = new PartitionNames(table);
    LocalDate last = day(to);
    asOwner(
        names,
        connection -> {
          Map<LocalDate, State> present = present(connection, names);
          for (LocalDate day = day(from); !day.isAfter(last); day = day.plusDays(1)) {
            ensure(connection, names, day, Optional.ofNullable(present.get(day)));
          }
          return null;
        });
  }

  private static void ensure(
      Connection connection, PartitionNames names, LocalDate day, Optional<State> state)
      throws SQLException {
    if (state.isPresent() && state.get().attached()) {
      return;
    }
    if (state.isEmpty()) {
      execute(
          connection,
          "create table %s (like %s including defaults including constraints including storage)"
              .formatted(names.partition(day), names.parent()));
    }
    execute(
        connection,
        "alter table %s attach partition %s for values from ('%s') to ('%s')"
            .formatted(
                names.parent(),
                names.partition(day),
                PartitionNames.bound(day),
                PartitionNames.bound(day.plusDays(1))));
  }

  @Override
  public int dropBefore(String table, Instant moment) {
    PartitionNames names = new PartitionNames(table);
    LocalDate first = day(moment);
    return asOwner(
        names,
        connection -> {
          int dropped = 0;
          for (Map.Entry<LocalDate, State> each : present(connection, names).entrySet()) {
            if (each.getKey().isBefore(first)) {
              drop(connection, names, each.getKey(), each.getValue());
              dropped++;
            }
          }
          return dropped;
        });
  }

  private static void drop(Connection connection, PartitionNames names, LocalDate day, State state)
      throws SQLException {
    if (state.attached()) {
      execute(
          connection,
          "alter table %s detach partition %s %s"
              .formatted(
                  names.parent(), names.partition(day), detaching(connection, names, state)));
    }
    execute(connection, "drop table " + names.partition(day));
  }

  /**
   * PostgreSQL cannot detach concurrently where there is a default partition, so that one waits.
   */
  private static String detaching(Connection connection, PartitionNames names, State state)
      throws SQLException {
    if (state.detachPending()) {
      return "finalize";
    }
    try (PreparedStatement statement = connection.prepareStatement(HAS_DEFAULT)) {
      statement.setString(1, names.parent());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1) ? "" : "concurrently";
      }
    }
  }

  private static Map<LocalDate, State> present(Connection connection, PartitionNames names)
      throws SQLException {
    Map<LocalDate, State> present = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
      statement.setString(1, names.parent());
      statement.setString(2, names.table() + "_p");
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          State state = new State(rows.getBoolean(2), rows.getBoolean(3));
          names.day(rows.getString(1)).ifPresent(day -> present.put(day, state));
        }
      }
    }
    return present;
  }

  /** One node at a time works on a table; statements commit one by one, as detaching demands it. */
  private <R> R asOwner(PartitionNames names, Work<R> work) {
    try (Connection connection = database.owner()) {
      execute(connection, "set lock_timeout = '5s'");
      execute(
          connection,
          "select pg_advisory_lock(hashtextextended('partitions of " + names.table() + "', 0))");
      return work.run(connection);
    } catch (SQLException e) {
      throw RookeryException.unavailable(
          "The partitions of " + names.table() + " cannot be changed now",
          Duration.ofSeconds(5),
          e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static LocalDate day(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private record State(boolean attached, boolean detachPending) {}

  private interface Work<R> {
    R run(Connection connection) throws SQLException;
  }
}
