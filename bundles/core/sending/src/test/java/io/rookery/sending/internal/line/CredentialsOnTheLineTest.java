// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.secrets.CredentialTopics;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.test.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the line does when an account's credentials are not to be used any more. */
class CredentialsOnTheLineTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private final FakeBackend here = new FakeBackend();
  private final FakeBackend there = new FakeBackend();
  private final List<SendingLine> lines = new ArrayList<>();

  @AfterEach
  void close() {
    lines.forEach(SendingLine::close);
  }

  /** Has two nodes each work on a lane of the tenant, slowly. */
  private LineFixture onTwoNodes() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(1000);
    fixture.queueFrom(fixture.anotherMailbox(), 1000);
    pace(fixture, 20);
    fixture.epochs = DATABASE.epochsOfAnotherNode();
    lines.add(fixture.line(DATABASE.leases(), here));
    fixture.epochs = DATABASE.epochsOfAnotherNode();
    lines.add(fixture.line(DATABASE.anotherNode(), there));
    await().atMost(SOON).until(() -> here.received.size() > 5 && there.received.size() > 5);
    await().atMost(SOON).until(() -> lines.get(0).lanes() == 1 && lines.get(1).lanes() == 1);
    return fixture;
  }

  private static void pace(LineFixture fixture, long gapMillis) throws Exception {
    fixture.execute("update tenant.a_mailbox set gap = " + gapMillis + " where tenant_id = ?");
  }

  /** Has all the rest go out, and looks that nothing was lost or doubled. */
  private void finish(LineFixture fixture, int all) throws Exception {
    pace(fixture, 0);
    fixture.tell("tenant.resumed");
    await().atMost(SOON).until(() -> fixture.states().equals(Map.of("accepted", 2000)));
    assertThat(Collections.max(here.received.values())).isEqualTo(1);
    assertThat(Collections.max(there.received.values())).isEqualTo(1);
    assertThat(here.received.size() + there.received.size()).isEqualTo(all);
  }

  @Test
  void whatATenantSignsInByShouldBeDroppedOnEveryNodeWhenItsEpochRises() throws Exception {
    LineFixture fixture = onTwoNodes();
    assertThat(here.closed).isEmpty();
    DATABASE.epochs().raise(fixture.context.tenantId(), CredentialTopics.ALL);

    await().atMost(AT_ONCE).until(() -> here.closed.contains(fixture.mailbox));
    await().atMost(AT_ONCE).until(() -> there.closed.contains(fixture.mailbox));
    await().atMost(AT_ONCE).until(() -> here.epochs.contains(2L) && there.epochs.contains(2L));
    finish(fixture, 2000);
    assertThat(here.epochs).contains(1L, 2L);
    assertThat(there.epochs).contains(1L, 2L);
  }

  @Test
  void theEpochOfAMailboxShouldLeaveOthersAlone() throws Exception {
    LineFixture fixture = onTwoNodes();
    UUID tenant = fixture.context.tenantId();
    DATABASE.epochs().raise(tenant, CredentialTopics.mailbox(Uuids.next()));
    DATABASE.epochs().raise(Uuids.next(), CredentialTopics.ALL);
    await()
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .until(() -> here.closed.isEmpty() && there.closed.isEmpty());
    DATABASE.epochs().raise(tenant, CredentialTopics.mailbox(fixture.mailbox));
    await().atMost(AT_ONCE).until(() -> !here.closed.isEmpty() || !there.closed.isEmpty());
    finish(fixture, 2000);
  }

  @Test
  void aTenantThatIsSealedShouldStopOnBothNodesAndGoOnByItself() throws Exception {
    LineFixture fixture = onTwoNodes();
    LineFixture other = new LineFixture(DATABASE, 10_000);
    fixture.execute("insert into tenant.a_seal values (?, ?)", Uuids.next());
    DATABASE.epochs().raise(fixture.context.tenantId(), CredentialTopics.ALL);
    long sealedAt = System.nanoTime();
    await().atMost(AT_ONCE).until(() -> here.closed.contains(fixture.mailbox));
    await().atMost(AT_ONCE).until(() -> there.closed.contains(fixture.mailbox));

    await().atMost(SOON).until(() -> fixture.heldBack().size() == 2);
    assertThat(fixture.heldBack()).allMatch(why -> why.contains("sealed"));
    assertThat(Duration.ofNanos(here.lastAt - sealedAt)).isLessThan(AT_ONCE);
    assertThat(Duration.ofNanos(there.lastAt - sealedAt)).isLessThan(AT_ONCE);
    int before = here.received.size() + there.received.size();
    assertThat(before).isLessThan(1000);
    other.queue(300);
    await().atMost(SOON).until(() -> other.states().equals(Map.of("accepted", 300)));
    assertThat(fixture.states().get("accepted")).isEqualTo(before);

    fixture.execute("delete from tenant.a_seal where tenant_id = ?");
    DATABASE.epochs().raise(fixture.context.tenantId(), CredentialTopics.ALL);
    fixture.tell("tenant.unsealed");
    finish(fixture, 2300);
  }

  @Test
  void aNodeThatCannotKnowShouldTrustNothing() {
    CredentialWatch watch = new CredentialWatch(new Unknown());
    assertThat(watch.outdated(new LaneKey(Uuids.next(), Uuids.next()), 0)).isTrue();
  }

  /** Epochs of a node that lost its database. */
  private static final class Unknown implements Epochs {

    @Override
    public void raise(UUID tenantId, String topic) {
      throw RookeryException.unavailable("Lost", SOON, null);
    }

    @Override
    public long current(UUID tenantId, String topic) {
      throw RookeryException.unavailable("Lost", SOON, null);
    }
  }
}
