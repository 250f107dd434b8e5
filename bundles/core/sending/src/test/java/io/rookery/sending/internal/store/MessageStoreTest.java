// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.store.MessageStore.Move;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MessageStoreTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final TenantContext context = DATABASE.tenant();
  private final UUID campaign = Uuids.next();
  private final MessageStore store = new MessageStore();

  @Test
  void anOutcomeThatIsRecordedWhileItsCampaignIsHeldShouldStand() throws Exception {
    UUID sent = queue();
    UUID waiting = queue();
    CompletableFuture<Integer> holding;
    try (Connection recorder = DATABASE.owner()) {
      recorder.setAutoCommit(false);
      execute(recorder, "update tenant.message set state = 'accepted' where id = ?", sent);
      holding = CompletableFuture.supplyAsync(this::hold);
      await().atMost(Duration.ofSeconds(20)).until(MessageStoreTest::someoneWaitsForALock);
      recorder.commit();
    }

    assertThat(holding.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(state(sent)).isEqualTo("accepted");
    assertThat(state(waiting)).isEqualTo("held");
  }

  private int hold() {
    return DATABASE
        .transactions()
        .call(context, tx -> store.move(tx, campaign, new Move(List.of("due"), "held", null), 100));
  }

  private static boolean someoneWaitsForALock() throws SQLException {
    try (Connection owner = DATABASE.owner();
        PreparedStatement query =
            owner.prepareStatement("select exists (select 1 from pg_locks where not granted)");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private UUID queue() {
    UUID id = Uuids.next();
    MessageStore.New message =
        new MessageStore.New(id, Uuids.next(), null, Uuids.next(), "example.com");
    MessageStore.Shared shared =
        new MessageStore.Shared(campaign, campaign, 5, NOW, NOW.plus(Duration.ofDays(1)));
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              store.insert(tx, shared, List.of(message), NOW);
              return null;
            });
    return id;
  }

  private static void execute(Connection connection, String sql, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.executeUpdate();
    }
  }

  private static String state(UUID id) throws SQLException {
    try (Connection owner = DATABASE.owner();
        PreparedStatement query =
            owner.prepareStatement("select state from tenant.message where id = ?")) {
      query.setObject(1, id);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
