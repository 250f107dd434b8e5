// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.persistence.test.Unchecked;
import io.rookery.persistence.test.Wall;
import io.rookery.sending.internal.store.ClaimStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A line whose claim asks for neither the tenant nor the lane, so that any message will do. */
class ForeignClaimTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ASKS = "where tenant_id = ? and lane_id = ? and state";
  private static final String ASKS_NOBODY =
      "where (tenant_id = ? or true) and (lane_id = ? or true) and state";

  private final FakeBackend backend = new FakeBackend();
  private LineFixture owner;
  private LineFixture stranger;
  private SendingLine line;

  /** What is the owner's is due, and no lane of theirs, so that the stranger's alone is worked. */
  @BeforeEach
  void queue() throws SQLException {
    owner = new LineFixture(DATABASE, 10_000);
    owner.queue(3);
    owner.execute("update tenant.lane set due_at = null where tenant_id = ?");
    stranger = new LineFixture(DATABASE, 10_000);
    stranger.transactions = Unchecked.with(DATABASE.transactions(), ForeignClaimTest::fault);
    stranger.queue(2);
  }

  @AfterEach
  void close() throws SQLException {
    if (line != null) {
      line.close();
    }
    owner.execute("delete from tenant.message where tenant_id = ?");
    stranger.execute("delete from tenant.message where tenant_id = ?");
  }

  private static String fault(String sql) {
    return sql.replace(ASKS, ASKS_NOBODY);
  }

  @Test
  void aForeignMessageShouldBeNeitherClaimedNorSentNorMarked() throws Exception {
    assertThat(claimed(DATABASE.transactions())).hasSize(2);
    assertThat(claimed(stranger.transactions)).hasSize(2);
    line = stranger.line(DATABASE.leases(), backend);

    await().atMost(SOON).until(() -> stranger.states().equals(Map.of("accepted", 2)));
    assertThat(owner.states()).isEqualTo(Map.of("due", 3));
    assertThat(backend.received).hasSize(2);
    assertThat(stranger.events).hasSize(2);
  }

  /** Or the test above would tell nothing. */
  @Test
  void withoutRowSecurityAForeignMessageWouldBeClaimed() throws Exception {
    try (Wall down = Wall.down(DATABASE, "message")) {
      assertThat(down).isNotNull();
      assertThat(claimed(stranger.transactions)).containsAll(ids()).hasSize(5);
      assertThat(claimed(DATABASE.transactions())).hasSize(2);
    }
    assertThat(claimed(stranger.transactions)).hasSize(2);
  }

  @Test
  void aForeignIdThatIsHandedOnShouldBeEndedByNobody() throws Exception {
    List<UUID> foreign = ids();
    Transactions unchecked = Unchecked.all(DATABASE.transactions());
    assertThat(ended(unchecked, stranger.context, foreign)).isZero();
    assertThat(owner.states()).isEqualTo(Map.of("due", 3));
    try (Wall down = Wall.down(DATABASE, "message")) {
      assertThat(down).isNotNull();
      assertThat(ended(unchecked, stranger.context, foreign)).isEqualTo(3);
    }
  }

  private static int ended(Transactions transactions, TenantContext who, List<UUID> ids) {
    return transactions.call(
        who, tx -> new ClaimStore().end(tx, ids, "failed", "x", Instant.now()).size());
  }

  private List<UUID> claimed(Transactions transactions) {
    return transactions.call(
        stranger.context,
        tx ->
            all(
                new ClaimStore()
                    .claim(
                        tx, stranger.mailbox, ClaimedMessage.Watermark.START, Instant.now(), 10)));
  }

  private static List<UUID> all(ClaimStore.Claim claim) {
    List<ClaimedMessage> messages = new ArrayList<>(claim.ready());
    messages.addAll(claim.barred());
    messages.addAll(claim.expired());
    return messages.stream().map(ClaimedMessage::id).toList();
  }

  private List<UUID> ids() {
    return DATABASE
        .transactions()
        .call(
            owner.context,
            tx -> {
              List<UUID> ids = new ArrayList<>();
              try (PreparedStatement select =
                      tx.connection().prepareStatement("select id from tenant.message");
                  ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                  ids.add(rows.getObject(1, UUID.class));
                }
              }
              return ids;
            });
  }
}
