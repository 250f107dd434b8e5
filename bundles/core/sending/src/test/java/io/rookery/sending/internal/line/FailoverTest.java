// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.api.mailboxes.MailboxFallbacks.Fallback;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.Fake;
import io.rookery.sending.internal.throttle.DomainCaps;
import io.rookery.sending.internal.throttle.ThrottleSettings;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.OutcomeSink;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mailbox whose own server goes away, and which has another. */
class FailoverTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(40);

  private final UUID fallback = Uuids.next();
  private final Queue<String> ways = new ConcurrentLinkedQueue<>();
  private final Server own = new Server();
  private final FakeBackend other = new FakeBackend();
  private SendingLine line;

  @AfterEach
  void close() {
    if (line != null) {
      line.close();
    }
  }

  /** A server that can go away, with what it has taken. */
  private static final class Server extends FakeBackend {
    private volatile boolean away;

    @Override
    public void send(Account account, Iterator<OutboundMessage> pulled, OutcomeSink outcomes)
        throws BackendException, InterruptedException {
      if (away) {
        throw new BackendException(Kind.CONNECTION, "Cannot connect", null, null);
      }
      super.send(account, pulled, outcomes);
    }
  }

  private LineFixture fixture() throws SQLException {
    LineFixture fixture = new LineFixture(DATABASE, 100_000);
    fixture.execute("insert into tenant.a_fallback_use values (?, ?, null)", fixture.mailbox);
    Account account =
        new Account(
            fixture.context.tenantId(), fallback, "news@example.com", Map.of(), Map.of(), 1);
    fixture.fallbacks =
        Fake.of(
            MailboxFallbacks.class,
            Map.of(
                "list",
                arguments -> List.of(new Fallback(fallback, "other", Map.of(), Set.of(), false)),
                "account",
                arguments -> account,
                "use",
                arguments -> use((Tx) arguments[0], (UUID) arguments[2])));
    return fixture;
  }

  private Object use(Tx tx, UUID id) {
    ways.add(id == null ? "back" : "over");
    String sql = "update tenant.a_fallback_use set fallback_id = ? where tenant_id = ?";
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, id);
      update.setObject(2, tx.context().tenantId());
      update.executeUpdate();
      return null;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void start(LineFixture fixture, FakeBackend second) {
    ThrottleSettings soon =
        new ThrottleSettings(DomainCaps.NONE, DomainCaps.NONE, Duration.ofSeconds(1));
    own.parallelism = 6;
    line = fixture.line(DATABASE.leases(), own, Clock.systemUTC(), LineSettings.of(16).with(soon));
    line.add(second, "other", "1.0.0");
  }

  @Test
  void mailShouldGoByTheFallbackWhileTheOwnServerIsAwayAndBackAfterwards() throws Exception {
    LineFixture fixture = fixture();
    own.away = true;
    fixture.queue(400);
    start(fixture, other);

    await().atMost(SOON).until(() -> other.received.size() == 400);
    assertThat(own.received).isEmpty();
    assertThat(ways).containsExactly("over");

    own.away = false;
    await()
        .atMost(SOON)
        .until(
            () -> {
              // There is something to send, by which the way back is found.
              fixture.queue(1);
              return !own.received.isEmpty();
            });
    await().atMost(SOON).until(() -> fixture.states().equals(accepted(fixture)));
    assertThat(ways).containsExactly("over", "back");
    assertThat(Collections.max(other.received.values())).isEqualTo(1);
    assertThat(own.received.keySet()).doesNotContainAnyElementsOf(other.received.keySet());
  }

  @Test
  void mailShouldGoByTheFallbackWhileTheOwnBackendIsNotInstalled() throws Exception {
    LineFixture fixture = fixture();
    start(fixture, other);
    line.remove(own);
    fixture.queue(50);

    await().atMost(SOON).until(() -> other.received.size() == 50);
    assertThat(ways).containsExactly("over");
  }

  @Test
  void aFallbackShouldStayInUseOnANodeThatKnowsNothingYetAndPauseNobody() throws Exception {
    LineFixture fixture = fixture();
    fixture.execute(
        "update tenant.a_fallback_use set fallback_id = '" + fallback + "' where tenant_id = ?");
    own.away = true;
    fixture.queue(100);
    // Two of the three failures in an hour that pause a mailbox.
    fixture.execute(
        """
        update tenant.lane set access_failures =
          array[now() - interval '20 minutes', now() - interval '10 minutes'] where tenant_id = ?
        """);
    start(fixture, other);

    await().atMost(SOON).until(() -> other.received.size() == 100);
    assertThat(ways).isEmpty();
    assertThat(fixture.paused).isEmpty();
  }

  @Test
  void mailShouldWaitRatherThanBeCaught() throws Exception {
    LineFixture fixture = fixture();
    own.away = true;
    other.capabilities = Set.of(Capability.RAW_MIME, Capability.CATCHES_MAIL);
    fixture.queue(20);
    start(fixture, other);

    await().atMost(SOON).until(() -> !line.installed().get(0).unreachable().isEmpty());
    await().atMost(SOON).until(() -> line.lanes() == 0 && fixture.rests());
    assertThat(other.received).isEmpty();
    own.away = false;
    await().atMost(SOON).until(() -> own.received.size() == 20);
    assertThat(ways).isEmpty();
  }

  private static Map<String, Integer> accepted(LineFixture fixture) {
    int all = fixture.states().values().stream().mapToInt(Integer::intValue).sum();
    return Map.of("accepted", all);
  }
}
