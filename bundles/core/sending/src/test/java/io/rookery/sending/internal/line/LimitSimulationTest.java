// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.Tx;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.line.LimitOracle.Finding;
import io.rookery.sending.internal.line.LimitOracle.Limits;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sixty days of sending by the product's own turns on two nodes with eight workers, in the time of
 * a simulated clock, against an oracle that knows the ledger alone.
 */
class LimitSimulationTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  /** No midnight and no full hour: a ramp's days are its own. */
  private static final Instant START = Instant.parse("2026-03-01T09:41:07.123456Z");

  /** All ramps, each to its end: {@code -Drookery.limits.whole=true}, by hand. */
  private static final boolean WHOLE = Boolean.getBoolean("rookery.limits.whole");

  private static final int DAYS = 60;
  private static final long SEED = 20_260_301;

  private final Map<LineFixture, Limits> mailboxes = new LinkedHashMap<>();

  @Test
  void noMailboxShouldEverBeOneOverItsLimitInSixtyDays() throws Exception {
    mailbox(new Limits(own(60), 10, 500, 42, START));
    mailbox(new Limits(20, 0, 0, 0, START));
    if (WHOLE) {
      mailbox(new Limits(own(40), 20, 1000, 28, START));
      mailbox(new Limits(own(120), 5, 300, 56, START));
    }
    try (SimulatedNodes nodes =
        new SimulatedNodes(DATABASE, List.copyOf(mailboxes.keySet()), START, SEED)) {
      days(nodes);
      assertThat(nodes.turns()).isGreaterThan(DAYS * mailboxes.size());
    }

    Map<Limits, Finding> findings = new LinkedHashMap<>();
    for (Map.Entry<LineFixture, Limits> mailbox : mailboxes.entrySet()) {
      Limits limits = mailbox.getValue();
      findings.put(limits, LimitOracle.of(ledger(mailbox.getKey()), limits));
    }
    assertThat(findings).allSatisfy((limits, found) -> assertThat(found.over()).isZero());
    // It was not for want of messages or of turns.
    assertThat(findings)
        .allSatisfy(
            (limits, found) -> assertThat(found.fullDays()).isGreaterThanOrEqualTo(DAYS * 9 / 10));
  }

  private static int own(int limit) {
    return WHOLE ? 1000 : limit;
  }

  private void days(SimulatedNodes nodes) throws Exception {
    Random random = new Random(SEED);
    for (int day = 0; day < DAYS; day++) {
      Instant end = START.plus(Duration.ofDays(day + 1L));
      for (Map.Entry<LineFixture, Limits> mailbox : mailboxes.entrySet()) {
        // More than a window takes: what is left over is there on the next day, and expires later.
        // One of twenty is never taken, and is due all the same until it expires on the fifth day.
        int limit = mailbox.getValue().at(end);
        int due = mailbox.getKey().states().getOrDefault("due", 0);
        mailbox.getKey().queue(Math.max(1, limit + limit / 2 + 20 - due), nodes.clock().instant());
      }
      while (nodes.clock().instant().isBefore(end)) {
        nodes.work();
        nodes.clock().move(Duration.ofMinutes(30 + random.nextInt(480)));
      }
    }
  }

  /** An oracle that sees nothing would agree with anybody. */
  @Test
  void theOracleShouldSeeOneMessageAndOneDayTooMuch() {
    Limits limits = new Limits(500, 10, 500, 42, START);
    List<Instant> ledger = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ledger.add(START.plusSeconds(i));
    }
    assertThat(LimitOracle.of(ledger, limits)).isEqualTo(new Finding(0, 1));
    ledger.add(START.plusSeconds(86_399));
    assertThat(LimitOracle.of(ledger, limits).over()).isEqualTo(1);
    ledger.set(10, START.plusSeconds(86_400));
    assertThat(LimitOracle.of(ledger, limits).over()).isZero();
    // The second day allows twelve; the first ten leave one by one.
    ledger.add(START.plusSeconds(86_400));
    ledger.add(START.plusSeconds(86_400));
    ledger.add(START.plusSeconds(86_400));
    assertThat(LimitOracle.of(ledger, limits).over()).isEqualTo(1);
  }

  private void mailbox(Limits limits) throws SQLException {
    LineFixture fixture = new LineFixture(DATABASE, limits.own());
    if (limits.days() > 0) {
      fixture.execute(
          "update tenant.a_mailbox set ramp_started_at = '"
              + START
              + "', ramp_from = %d, ramp_to = %d, ramp_days = %d where tenant_id = ?"
                  .formatted(limits.from(), limits.to(), limits.days()));
    }
    mailboxes.put(fixture, limits);
  }

  private static List<Instant> ledger(LineFixture fixture) {
    return DATABASE.transactions().call(fixture.context, LimitSimulationTest::ledger);
  }

  private static List<Instant> ledger(Tx tx) throws SQLException {
    String sql =
        """
        select finished_at from tenant.message
        where state in ('accepted', 'in_doubt') order by finished_at
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      List<Instant> ledger = new ArrayList<>();
      while (row.next()) {
        ledger.add(row.getTimestamp(1).toInstant());
      }
      return ledger;
    }
  }
}
