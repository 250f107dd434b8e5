// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.store.OutcomeStore.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutcomeStoreTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private final TenantContext context = DATABASE.tenant();
  private final OutcomeStore store = new OutcomeStore();
  private final UUID id = Uuids.next();

  @BeforeEach
  void queue() {
    MessageStore.New message =
        new MessageStore.New(id, null, "a@b.example", Uuids.next(), "example.com");
    MessageStore.Shared shared =
        new MessageStore.Shared(Uuids.next(), Uuids.next(), 5, NOW, NOW.plus(1, ChronoUnit.DAYS));
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              new MessageStore().insert(tx, shared, List.of(message), NOW);
              return null;
            });
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
