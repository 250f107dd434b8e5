// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.store.OutcomeStore.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutcomeStoreTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final MessageStore.Shared SHARED =
      new MessageStore.Shared(Uuids.next(), Uuids.next(), 5, NOW, NOW.plus(1, ChronoUnit.DAYS));
  private final TenantContext context = DATABASE.tenant();
  private final OutcomeStore store = new OutcomeStore();
  private final UUID id = Uuids.next();

  @BeforeEach
  void queue() {
    MessageStore.New message =
        new MessageStore.New(id, null, "a@b.example", Uuids.next(), "example.com");
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              new MessageStore().insert(tx, SHARED, List.of(message), NOW);
              return null;
            });
  }

  @Test
  void aPlanThatIsKeptShouldFindEachMessageByItsKey() throws SQLException {
    List<MessageStore.New> many =
        Stream.generate(Uuids::next)
            .limit(20_000)
            .map(it -> new MessageStore.New(it, null, "a@b.example", id, "example.com"))
            .toList();
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              new MessageStore().insert(tx, SHARED, many, NOW);
              return null;
            });
    try (Connection owner = DATABASE.owner();
        Statement analyze = owner.createStatement()) {
      analyze.execute("analyze tenant.message");
    }
    int[] number = {0};
    String generic =
        Pattern.compile("\\?").matcher(OutcomeStore.RECORD).replaceAll(it -> "\\$" + ++number[0]);

    String plan = DATABASE.transactions().call(context, tx -> kept(tx.connection(), generic));
    assertThat(plan).contains("Index Scan using message_pkey").doesNotContain("Seq Scan");
  }

  /** Returns the plan that does not depend on what the parameters are. */
  private static String kept(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("prepare record as " + sql);
      statement.execute("set local plan_cache_mode = force_generic_plan");
    }
    String nulls = String.join(", ", Collections.nCopies(11, "null"));
    return lines(connection, "explain execute record(" + nulls + ")");
  }

  private static String lines(Connection connection, String sql) throws SQLException {
    StringBuilder lines = new StringBuilder();
    try (Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery(sql)) {
      while (rows.next()) {
        lines.append(rows.getString(1)).append('\n');
      }
    }
    return lines.toString();
  }

  @Test
  void aRepeatedBlockShouldBringNoNews() {
    assertThat(record("due", 0, false)).containsExactly(id);
    assertThat(record("due", 0, false)).isEmpty();
    assertThat(state()).isEqualTo("due 1");

    assertThat(record("accepted", 1, false)).containsExactly(id);
    assertThat(record("accepted", 1, false)).isEmpty();
    assertThat(state()).isEqualTo("accepted 2");
  }

  @Test
  void anAnswerThatComesLateShouldTakeThePlaceOfTheDoubtOnce() {
    record("in_doubt", 0, false);
    assertThat(record("due", 0, true)).containsExactly(id);
    assertThat(record("due", 0, true)).isEmpty();
    assertThat(state()).isEqualTo("due 1");
  }

  @Test
  void aNodeThatLostItsLaneShouldNotSpeakForLaterTries() {
    record("due", 0, false);
    record("in_doubt", 1, false);

    assertThat(record("failed", 0, false)).isEmpty();
    assertThat(record("due", 0, false)).isEmpty();
    assertThat(state()).isEqualTo("in_doubt 2");
    assertThat(record("accepted", 0, false)).containsExactly(id);
  }

  @Test
  void whatWasEndedMeanwhileShouldOnlyTurnToAccepted() {
    execute("update tenant.message set state = 'cancelled' where id = ?");
    assertThat(record("due", 0, false)).isEmpty();
    assertThat(state()).isEqualTo("cancelled 0");
    assertThat(record("accepted", 0, false)).containsExactly(id);
  }

  @Test
  void whatIsHeldShouldStayHeldWhenItIsDeferred() {
    execute("update tenant.message set state = 'held' where id = ?");
    assertThat(record("due", 0, false)).containsExactly(id);
    assertThat(state()).isEqualTo("held 1");
  }

  private Set<UUID> record(String state, int attempts, boolean late) {
    Instant again = state.equals("due") ? NOW.plusSeconds(60) : null;
    Row row = new Row(id, state, attempts, again, 250, null, "so it is", null, NOW, late);
    return DATABASE.transactions().call(context, tx -> store.record(tx, List.of(row)));
  }

  private void execute(String sql) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (var update = tx.connection().prepareStatement(sql)) {
                update.setObject(1, id);
                return update.executeUpdate();
              }
            });
  }

  private String state() {
    String sql = "select state || ' ' || attempts from tenant.message where id = ?";
    return DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (var select = tx.connection().prepareStatement(sql)) {
                select.setObject(1, id);
                var row = select.executeQuery();
                row.next();
                return row.getString(1);
              }
            });
  }
}
