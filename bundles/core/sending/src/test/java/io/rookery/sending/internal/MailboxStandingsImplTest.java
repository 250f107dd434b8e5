// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.sending.MailboxStandings.Standing;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.health.Counts;
import io.rookery.sending.internal.health.Subject;
import io.rookery.sending.internal.store.HealthStore;
import io.rookery.sending.internal.store.HealthStore.Increment;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.MessageStore.New;
import io.rookery.sending.internal.store.MessageStore.Shared;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailboxStandingsImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant NOW = Instant.parse("2026-03-31T12:10:00Z");
  private final TenantContext context = DATABASE.tenant();
  private final UUID mailbox = Uuids.next();
  private final MovableClock clock = new MovableClock(NOW);
  private final MailboxStandingsImpl standings =
      new MailboxStandingsImpl(DATABASE.transactions(), clock);

  @BeforeEach
  void theMailboxIsThere() throws SQLException {
    execute("insert into tenant.a_mailbox values (?, '" + mailbox + "', 50, 0, false)");
  }

  @Test
  void aStandingShouldTellLimitRampAndWhatIsLeft() throws Exception {
    execute(
        "update tenant.a_mailbox set ramp_from = 20, ramp_to = 1000, ramp_days = 28,"
            + " ramp_started_at = timestamptz '2026-03-31T12:10:00Z' - interval '49 hours'"
            + " where tenant_id = ?");
    List<UUID> messages = messages(8);
    sent(messages.subList(0, 1), NOW.minus(Duration.ofHours(24)));
    sent(messages.subList(1, 3), NOW.minus(Duration.ofHours(24)).plusMillis(1));
    sent(messages.subList(3, 4), NOW);

    Standing standing = standing();
    assertThat(standing.limit()).isEqualTo(27);
    assertThat(standing.rampDay()).isEqualTo(3);
    assertThat(standing.sent()).isEqualTo(3);
    assertThat(standing.room()).isEqualTo(24);
    assertThat(standing.waiting()).isEqualTo(4);
    assertThat(standing.health()).isEqualTo(1);
    assertThat(standing.heldBy()).isNull();
  }

  @Test
  void healthShouldTellOfSevenDaysAndOfWhatCameSinceAPauseAlone() throws Exception {
    counted(NOW.minus(Duration.ofDays(8)), new Counts(1000, 50, 0));
    assertThat(standing().health()).isEqualTo(1);
    counted(NOW.minus(Duration.ofDays(3)), new Counts(1000, 25, 0));
    assertThat(standing().health()).isEqualTo(0.55);

    execute(
        "update tenant.a_mailbox set paused = true,"
            + " counted_since = timestamptz '2026-03-31T12:10:00Z' - interval '1 hour'"
            + " where tenant_id = ?");
    assertThat(standing().health()).isEqualTo(1);
    assertThat(standing().heldBy()).isEqualTo("mailbox");
  }

  @Test
  void mailboxesOfOthersAndOnesThatAreGoneShouldBeLeftOut() {
    assertThat(standings.of(DATABASE.tenant(), List.of(mailbox))).isEmpty();
    assertThat(standings.of(context, List.of(Uuids.next()))).isEmpty();
    assertThat(standings.of(context, List.of())).isEmpty();
  }

  private Standing standing() {
    return standings.of(context, List.of(mailbox)).get(mailbox);
  }

  private void counted(Instant since, Counts counts) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              Increment increment = new Increment(Subject.mailbox(mailbox), since, counts);
              new HealthStore().add(tx, List.of(increment));
              return null;
            });
  }

  private List<UUID> messages(int count) {
    List<New> messages =
        Stream.generate(() -> new New(Uuids.next(), null, "a@b.example", mailbox, "x.example"))
            .limit(count)
            .toList();
    Shared shared = new Shared(Uuids.next(), Uuids.next(), 5, NOW, NOW.plus(Duration.ofDays(1)));
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              new MessageStore().insert(tx, shared, messages, NOW);
              return null;
            });
    return messages.stream().map(New::id).toList();
  }

  private void sent(List<UUID> ids, Instant at) throws SQLException {
    String list = String.join(",", ids.stream().map(id -> "'" + id + "'").toList());
    execute(
        "update tenant.message set state = 'accepted', finished_at = '"
            + at
            + "' where tenant_id = ? and id in ("
            + list
            + ")");
  }

  private void execute(String sql) throws SQLException {
    try (Connection owner = DATABASE.owner();
        PreparedStatement statement = owner.prepareStatement(sql)) {
      statement.setObject(1, context.tenantId());
      statement.executeUpdate();
    }
  }
}
