// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.line.ClaimedMessage;
import io.rookery.sending.internal.line.ClaimedMessage.Watermark;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClaimStoreTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private final TenantContext context = DATABASE.tenant();
  private final UUID lane = Uuids.next();
  private final ClaimStore claims = new ClaimStore();
  private final LaneStore lanes = new LaneStore();

  private void queue(int priority, int dueSeconds, int count) {
    Instant due = NOW.plusSeconds(dueSeconds);
    MessageStore.Shared shared =
        new MessageStore.Shared(lane, lane, priority, due, NOW.plusSeconds(9_999_999));
    List<MessageStore.New> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(
          new MessageStore.New(
              Uuids.next(), null, priority + "." + dueSeconds + "@x.example", lane, "e.org"));
    }
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              new MessageStore().insert(tx, shared, messages, NOW);
              lanes.makeDue(tx, List.of(lane), due);
              lanes.makeUrgent(tx, List.of(lane));
              return null;
            });
  }

  private ClaimStore.Claim claim(Watermark beyond, int limit) {
    return DATABASE.transactions().call(context, tx -> claims.claim(tx, lane, beyond, NOW, limit));
  }

  private static List<String> kinds(ClaimStore.Claim claim) {
    return claim.ready().stream().map(message -> message.to().replace("@x.example", "")).toList();
  }

  private static List<UUID> ids(ClaimStore.Claim claim) {
    return claim.ready().stream().map(ClaimedMessage::id).toList();
  }

  @Test
  void aLanesOrderShouldBeByPriorityThenByTime() {
    queue(5, -9, 2);
    queue(1, -1, 1);
    queue(3, -5, 1);
    queue(1, -2, 1);
    queue(1, 60, 3);

    ClaimStore.Claim first = claim(Watermark.START, 4);

    assertThat(kinds(first)).containsExactly("1.-2", "1.-1", "3.-5", "5.-9");
    assertThat(first.more()).isTrue();
    ClaimStore.Claim rest = claim(first.watermark(), 4);
    assertThat(kinds(rest)).containsExactly("5.-9");
    assertThat(ids(rest)).doesNotContainAnyElementsOf(ids(first));
    assertThat(claim(rest.watermark(), 4).ready()).isEmpty();
  }

  @Test
  void urgentMessagesShouldBeClaimedByThemselves() {
    queue(5, -9, 3);
    queue(0, -1, 1);
    queue(1, -3, 2);
    queue(1, 3, 1);

    ClaimStore.Claim urgent =
        DATABASE.transactions().call(context, tx -> claims.claimUrgent(tx, lane, NOW, 100));

    assertThat(kinds(urgent)).containsExactly("0.-1", "1.-3", "1.-3");
  }

  @Test
  void whatIsScheduledShouldNotBeWalkedToReachWhatIsDue() throws Exception {
    queue(1, 3_600, 3_000);
    queue(5, -1, 1);
    assertThat(kinds(claim(Watermark.START, 10))).containsExactly("5.-1");

    // What the index gives and the claim then throws away would stand in its plan.
    try (var app = DATABASE.asApp(context);
        var statement = app.createStatement();
        ResultSet plan =
            statement.executeQuery(
                "explain (analyze, buffers, costs off) "
                    + ClaimStore.CLAIM
                        .replaceFirst("\\?::smallint\\[]", "'{0,1,2,3,4,5}'::smallint[]")
                        .replaceFirst(
                            "\\?::timestamptz\\[]", "array_fill('1970-01-01'::timestamptz, '{6}')")
                        .replaceFirst(
                            "\\?::uuid\\[]",
                            "array_fill('00000000-0000-0000-0000-000000000000'::uuid, '{6}')")
                        .replaceFirst("\\?", "'" + context.tenantId() + "'")
                        .replaceFirst("\\?", "'" + lane + "'")
                        .replaceFirst("\\?", "'" + NOW + "'")
                        .replaceFirst("\\?", "10")
                        .replaceFirst("\\?", "10")
                        .replaceFirst("\\?", "'" + context.tenantId() + "'")
                        .replaceFirst("\\?", "'" + context.tenantId() + "'"))) {
      assertThat(sharedBuffers(plan)).isLessThan(60);
    }
  }

  /** Returns how many pages the whole plan touched, which stands in its first line of buffers. */
  private static int sharedBuffers(ResultSet plan) throws SQLException {
    while (plan.next()) {
      String line = plan.getString(1).strip();
      if (line.startsWith("Buffers:")) {
        return Integer.parseInt(line.replaceAll(".*hit=(\\d+).*", "$1"));
      }
    }
    throw new AssertionError("The plan says nothing of buffers");
  }

  @Test
  void aLaneShouldComeAgainWhenItsNextMessageIsDueAndSayWhenThatIsUrgent() throws SQLException {
    queue(5, 30, 2);
    queue(1, 90, 2);
    assertThat(settled(null)).isEqualTo("30 90");
    queue(1, -5, 1);
    assertThat(settled(null)).isEqualTo("-5 -5");
    assertThat(settled(NOW.plusSeconds(45))).isEqualTo("45 45");
    assertThat(taken()).isEqualTo("45 45");
    settled(null);
    assertThat(taken()).isEqualTo("-5 90");
  }

  @Test
  void aLaneWithoutMessagesShouldNotComeAgain() throws SQLException {
    queue(1, 0, 1);
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              claims.end(
                  tx, ids(claims.claim(tx, lane, Watermark.START, NOW, 9)), "failed", "", NOW);
              return null;
            });
    assertThat(settled(NOW.plusSeconds(45))).isEqualTo("null null");
  }

  private String settled(Instant notBefore) throws SQLException {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              lanes.settle(tx, lane, notBefore, null);
              return null;
            });
    return times();
  }

  private String taken() throws SQLException {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              lanes.takeUrgent(tx, lane, NOW);
              return null;
            });
    return times();
  }

  /** Returns a lane's due time and urgent time, in seconds from now. */
  private String times() throws SQLException {
    try (var app = DATABASE.asApp(context);
        var select =
            app.prepareStatement("select due_at, urgent_at from tenant.lane where id = ?")) {
      select.setObject(1, lane);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return seconds(Rows.instant(row, "due_at")) + " " + seconds(Rows.instant(row, "urgent_at"));
      }
    }
  }

  private static String seconds(Instant moment) {
    return moment == null ? "null" : Long.toString(moment.getEpochSecond() - NOW.getEpochSecond());
  }
}
