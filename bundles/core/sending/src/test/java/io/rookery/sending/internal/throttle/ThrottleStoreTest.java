// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.sending.Throttles.Throttle;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.ThrottlesImpl;
import io.rookery.sending.internal.line.ClaimedMessage;
import io.rookery.sending.internal.store.MessageStore;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThrottleStoreTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final long MILLIS = NOW.toEpochMilli();

  private final TenantContext context = DATABASE.tenant();
  private final ThrottleStore store = new ThrottleStore();
  private final UUID lane = Uuids.next();

  private static PaceRow row(String domain, double perMinute, long putOffUntil) {
    return new PaceRow(
        domain,
        perMinute,
        MILLIS,
        MILLIS + 30_000,
        2,
        1,
        MILLIS + 5,
        true,
        false,
        MILLIS + 10,
        putOffUntil,
        421,
        "4.7.28");
  }

  @Test
  void whatIsKeptShouldBeReadAgain() {
    List<PaceRow> rows =
        List.of(row("", Double.POSITIVE_INFINITY, 0), row("big.example", 12.5, MILLIS + 99));
    save(new PaceRow.Changes(rows, Set.of()));
    assertThat(load()).isEqualTo(rows);

    PaceRow faster = row("big.example", 25, 0);
    save(new PaceRow.Changes(List.of(faster), Set.of("")));
    assertThat(load()).containsExactly(faster);
  }

  @Test
  void whatIsPutOffShouldComeForwardByItsDomainInItsOrder() {
    List<UUID> big = queue(5);
    List<UUID> other = queue(2);
    List<Sorted.Moved> moved = new ArrayList<>();
    for (int i = 0; i < big.size(); i++) {
      moved.add(new Sorted.Moved(message(big.get(i)), "big.example", MILLIS + 60_000 * (i + 1)));
    }
    moved.add(new Sorted.Moved(message(other.get(0)), "other.example", MILLIS + 60_000));
    move(moved);
    assertThat(dueNow()).containsExactly(other.get(1));

    assertThat(pull("big.example", 2)).isEqualTo(2);
    assertThat(dueNow()).containsExactlyInAnyOrder(other.get(1), big.get(0), big.get(1));
    assertThat(pull("big.example", 9)).isEqualTo(3);
    assertThat(pull("big.example", 9)).isZero();
    assertThat(attempts()).isZero();
  }

  @Test
  void aMessageThatWasRefusedSinceShouldKeepTheTimeOfItsNextTry() {
    List<UUID> one = queue(1);
    move(List.of(new Sorted.Moved(message(one.get(0)), "big.example", MILLIS + 60_000)));
    execute("update tenant.message set due_at = due_at + interval '5 minutes', attempts = 1");
    assertThat(pull("big.example", 9)).isZero();
  }

  @Test
  void nothingShouldBePutOffBeyondItsTime() {
    List<UUID> one = queue(1);
    move(List.of(new Sorted.Moved(message(one.get(0)), "big.example", MILLIS + 999_000_000_000L)));
    execute("update tenant.message set state = 'failed' where due_at <> expires_at");
    assertThat(attempts()).isZero();
    assertThat(count("state = 'due'")).isEqualTo(1);
  }

  @Test
  void peopleShouldSeeWhatIsSlowAndWhatWaits() {
    save(new PaceRow.Changes(List.of(row("big.example", 12.5, MILLIS), row("", 60, 0)), Set.of()));
    List<UUID> big = queue(3);
    move(
        big.stream()
            .map(id -> new Sorted.Moved(message(id), "big.example", MILLIS + 60_000))
            .toList());

    List<Throttle> shown = new ThrottlesImpl(DATABASE.transactions()).list(context);
    assertThat(shown).hasSize(2);
    assertThat(shown.get(0).domain()).isNull();
    assertThat(shown.get(0).perMinute()).isEqualTo(60);
    Throttle slow = shown.get(1);
    assertThat(slow.mailboxId()).isEqualTo(lane);
    assertThat(slow.domain()).isEqualTo("big.example");
    assertThat(slow.waiting()).isEqualTo(3);
    assertThat(slow.slowedAt()).isEqualTo(NOW);
    assertThat(slow.replyCode()).isEqualTo(421);
    assertThat(new ThrottlesImpl(DATABASE.transactions()).list(DATABASE.tenant())).isEmpty();
  }

  @Test
  void whatWaitsShouldBeFoundByIndex() {
    queue(2000);
    String plan =
        DATABASE
            .transactions()
            .call(
                context,
                tx -> {
                  try (Statement statement = tx.connection().createStatement()) {
                    StringBuilder lines = new StringBuilder();
                    ResultSet rows =
                        statement.executeQuery(
                            """
                            explain select id from tenant.message
                            where tenant_id = '%s' and lane_id = '%s' and waits_for = 'big.example'
                              and state = 'due' and waits_until = due_at and due_at > now()
                            order by priority, due_at, id limit 5
                            """
                                .formatted(context.tenantId(), lane));
                    while (rows.next()) {
                      lines.append(rows.getString(1)).append('\n');
                    }
                    return lines.toString();
                  }
                });
    assertThat(plan).contains("message_waiting").doesNotContain("Sort");
  }

  private void save(PaceRow.Changes changes) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              store.save(tx, lane, changes, NOW);
              return null;
            });
  }

  private List<PaceRow> load() {
    return DATABASE.transactions().call(context, tx -> store.load(tx, lane));
  }

  private void move(List<Sorted.Moved> moved) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              store.move(tx, moved);
              return null;
            });
  }

  private int pull(String domain, int most) {
    return DATABASE.transactions().call(context, tx -> store.pull(tx, lane, domain, most, NOW));
  }

  private List<UUID> queue(int count) {
    List<MessageStore.New> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new MessageStore.New(Uuids.next(), null, "a@b.example", lane, "example.com"));
    }
    MessageStore.Shared shared =
        new MessageStore.Shared(Uuids.next(), Uuids.next(), 5, NOW, NOW.plus(Duration.ofHours(96)));
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              new MessageStore().insert(tx, shared, all, NOW);
              return null;
            });
    return all.stream().map(MessageStore.New::id).toList();
  }

  private static ClaimedMessage message(UUID id) {
    return new ClaimedMessage(
        id, null, null, null, "a@b.example", "example.com", 5, NOW, NOW, 0, null, false, false);
  }

  private List<UUID> dueNow() {
    return DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (var select =
                  tx.connection()
                      .prepareStatement(
                          "select id from tenant.message where due_at = ? order by id")) {
                select.setObject(1, NOW.atOffset(ZoneOffset.UTC));
                ResultSet rows = select.executeQuery();
                List<UUID> ids = new ArrayList<>();
                while (rows.next()) {
                  ids.add(rows.getObject(1, UUID.class));
                }
                return ids;
              }
            });
  }

  private int attempts() {
    return count("attempts > 0");
  }

  private int count(String condition) {
    return DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (Statement statement = tx.connection().createStatement()) {
                ResultSet row =
                    statement.executeQuery(
                        "select count(*) from tenant.message where " + condition);
                row.next();
                return row.getInt(1);
              }
            });
  }

  private void execute(String sql) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (Statement statement = tx.connection().createStatement()) {
                return statement.executeUpdate(sql);
              }
            });
  }
}
