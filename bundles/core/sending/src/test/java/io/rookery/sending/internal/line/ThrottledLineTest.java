// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.Reply;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A line that goes slower, and not at all to a server that is down. */
class ThrottledLineTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(30);
  private final FakeBackend backend = new FakeBackend();
  private SendingLine line;

  @AfterEach
  void close() {
    if (line != null) {
      line.close();
    }
  }

  @Test
  void aDomainThatAsksForItShouldGetLessAndTheOthersAllTheSame() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 100_000);
    backend.capabilities = Set.of(Capability.RAW_MIME, Capability.SHOWS_DEFERRALS);
    backend.deferral = new Reply(Reply.Stage.RECIPIENT, 421, "4.7.28", "Unusual rate of mail");
    backend.verdict = to -> to.endsWith("@slow.example") ? Status.DEFERRED : Status.ACCEPTED;
    fixture.queue(1000, "slow.example");
    fixture.queue(100, "other.example");
    line = fixture.line(DATABASE.leases(), backend);

    await().atMost(SOON).until(() -> backend.received.size() == 100);
    await().atMost(SOON).until(() -> line.pacing().moved() >= 900);
    int tried = count(fixture, "attempts > 0 and state = 'due'");
    assertThat(tried).isBetween(1, 100);
    // What was put off has not been tried, and waits for its domain.
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(count(fixture, "waits_for = 'slow.example' and waits_until = due_at"))
                    .isGreaterThanOrEqualTo(900));
    assertThat(count(fixture, "waits_until = due_at and attempts > 0")).isZero();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(throttles(fixture)).isEqualTo("slow.example 421 4.7.28"));
    assertThat(line.pacing().cuts()).isPositive();
  }

  @Test
  void anotherNodeShouldGoOnAtTheSamePace() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 100_000);
    backend.capabilities = Set.of(Capability.RAW_MIME, Capability.SHOWS_DEFERRALS);
    backend.deferral = new Reply(Reply.Stage.RECIPIENT, 421, "4.7.28", "Unusual rate of mail");
    backend.verdict = to -> Status.DEFERRED;
    fixture.queue(300, "slow.example");
    line = fixture.line(DATABASE.leases(), backend);
    await().atMost(SOON).until(() -> throttles(fixture).startsWith("slow.example"));
    line.close();

    backend.verdict = to -> Status.ACCEPTED;
    fixture.execute("update tenant.message set due_at = now() where tenant_id = ?");
    fixture.execute("update tenant.lane set due_at = now() where tenant_id = ?");
    line = fixture.line(DATABASE.anotherNode(), backend);
    await().atMost(SOON).until(() -> line.pacing().moved() >= 290);
    // Nothing was taken before, so it is one a second at most.
    assertThat(backend.received.size()).isLessThanOrEqualTo(20);
  }

  /** A server that nobody reaches until it is back. */
  private static final class Unreachable extends FakeBackend {
    private final AtomicInteger knocks = new AtomicInteger();
    private volatile boolean away = true;

    @Override
    public void send(Account account, Iterator<OutboundMessage> pulled, OutcomeSink outcomes)
        throws BackendException, InterruptedException {
      if (away) {
        knocks.incrementAndGet();
        throw new BackendException(Kind.CONNECTION, "Cannot connect", null, null);
      }
      super.send(account, pulled, outcomes);
    }
  }

  @Test
  void aServerThatIsDownShouldBeTriedByOneAndComeBackForAll() throws Exception {
    Unreachable server = new Unreachable();
    server.parallelism = 8;
    LineFixture one = new LineFixture(DATABASE, 100_000);
    LineFixture other = new LineFixture(DATABASE, 100_000);
    one.queue(50);
    other.queue(50);
    line = one.line(DATABASE.leases(), server);

    await().atMost(SOON).until(() -> !line.installed().get(0).unreachable().isEmpty());
    assertThat(line.installed().get(0).unreachable()).containsExactly("fake");
    await().atMost(SOON).until(() -> line.lanes() == 0);
    int before = server.knocks.get();
    await().atMost(SOON).until(() -> server.knocks.get() >= before + 3);
    // By eight connections each they would have knocked eight times as often.
    assertThat(server.knocks.get()).isLessThan(before + 8);
    assertThat(one.states()).isEqualTo(Map.of("due", 50));

    server.away = false;
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(one.states()).isEqualTo(Map.of("accepted", 50)));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(other.states()).isEqualTo(Map.of("accepted", 50)));
    assertThat(line.installed().get(0).unreachable()).isEmpty();
    assertThat(Collections.max(server.received.values())).isEqualTo(1);
  }

  private static int count(LineFixture fixture, String condition) {
    return Integer.parseInt(
        text(fixture, "select count(*)::text from tenant.message where " + condition));
  }

  private static String throttles(LineFixture fixture) {
    return text(
        fixture,
        "select coalesce(string_agg(concat_ws(' ', domain, reply_code, enhanced_code), ','), '')"
            + " from tenant.throttle");
  }

  private static String text(LineFixture fixture, String sql) {
    return DATABASE
        .transactions()
        .call(
            fixture.context,
            tx -> {
              try (var rows = tx.connection().createStatement().executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
              }
            });
  }
}
