// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.events.NewEvent;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.PartitionedTables;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogUpkeepTest {

  private static final Instant NOW = Instant.parse("2031-05-10T09:00:00Z");

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("events");

  private final PartitionedTables tables = DATABASE.partitionedTables();
  private final LogUpkeep upkeep =
      new LogUpkeep(
          DATABASE.transactions(), tables, Period.ofMonths(36), Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeEach
  void forget() throws SQLException {
    owner("delete from platform.reader_cursor");
    owner("delete from platform.reader_behind");
    tables.dropBefore("event", NOW.plus(100, ChronoUnit.DAYS));
  }

  @AfterEach
  void close() {
    upkeep.close();
  }

  @Test
  void keepAheadShouldMakeEightDaysAndBeRepeatable() throws SQLException {
    upkeep.keepAhead();
    upkeep.keepAhead();

    assertThat(partitions()).hasSize(8).startsWith("event_p20310510").endsWith("event_p20310517");
  }

  @Test
  void keepAheadShouldGoOnWhereTheNetHoldsADay() throws SQLException {
    owner(
        "insert into tenant.event values ('%s', '%s', 1, '1', 'area.done', '%s', 0, now(), 'a:b', 'r', '{}')"
            .formatted(Uuids.next(), Uuids.floor(NOW.plus(2, ChronoUnit.DAYS)), Uuids.next()));

    upkeep.keepAhead();

    assertThat(partitions()).hasSize(7).doesNotContain("event_p20310512");
    owner("delete from tenant.event");
  }

  @Test
  void eventsShouldGoToTheirDay() throws SQLException {
    Instant today = Instant.now();
    tables.ensure("event", today, today);
    append(DATABASE.tenant());

    assertThat(count("select count(*) from tenant.event_default")).isZero();
    assertThat(count("select count(*) from tenant.event")).isEqualTo(1);
  }

  @Test
  void dropOldShouldDropWhatOutlivedItsRetention() throws SQLException {
    makeOldPartitions();

    assertThat(upkeep.dropOld()).isEqualTo(2);
    assertThat(partitions()).containsExactly("event_p20280510", "event_p20280511");
  }

  @Test
  void dropOldShouldWaitForAReaderThatCannotTell() throws SQLException {
    makeOldPartitions();
    owner(
        "insert into platform.reader_cursor values"
            + " ('fast', 1, '5', gen_random_uuid(), '2031-05-09', 1),"
            + " ('new', 1, '0', gen_random_uuid(), null, 1)");

    assertThat(upkeep.dropOld()).isZero();
  }

  @Test
  void dropOldShouldWaitForWhatIsUnread() throws SQLException {
    makeOldPartitions();
    owner(
        "insert into platform.reader_cursor values"
            + " ('fast', 1, '5', gen_random_uuid(), '2031-05-09', 1)");
    owner(
        "insert into platform.reader_behind values"
            + " ('fast', gen_random_uuid(), '2028-05-09 00:00:01Z', 3, now(), 'x')");

    assertThat(upkeep.dropOld()).isEqualTo(1);
    assertThat(partitions()).startsWith("event_p20280509");
  }

  @Test
  void restoreShouldBeginANewIncarnation() throws SQLException {
    upkeep.raiseIncarnation();
    assertThat(incarnation()).isEqualTo(1);
    owner(
        "insert into tenant.event values ('%s', '%s', 1, '900000000000', 'area.done', '%s', 0, now(), 'a:b', 'r', '{}')"
            .formatted(Uuids.next(), Uuids.next(), Uuids.next()));

    upkeep.raiseIncarnation();
    upkeep.raiseIncarnation();

    assertThat(incarnation()).isEqualTo(2);
    owner("delete from tenant.event");
    owner("update platform.log_incarnation set incarnation = 1");
  }

  private void makeOldPartitions() {
    Instant limit = NOW.atZone(ZoneOffset.UTC).minusMonths(36).toInstant();
    tables.ensure("event", limit.minus(2, ChronoUnit.DAYS), limit.plus(1, ChronoUnit.DAYS));
  }

  private static void append(TenantContext tenant) {
    DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              NewEvent event = NewEvent.of("area.done", Uuids.next(), Instant.now(), Map.of());
              new EventLogService(() -> 1, null).append(tx, event);
              return null;
            });
  }

  private static int incarnation() throws SQLException {
    return count("select incarnation from platform.log_incarnation");
  }

  private static List<String> partitions() throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                    + " where i.inhparent = 'tenant.event'::regclass and c.relname ~ '_p[0-9]+$'"
                    + " order by 1")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  private static int count(String sql) throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void owner(String sql) throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}
