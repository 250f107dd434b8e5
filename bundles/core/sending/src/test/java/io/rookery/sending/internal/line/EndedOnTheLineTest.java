// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.events.NewEvent;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.rates.RateMeter;
import io.rookery.spi.mail.Outcome.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the log and the figures are told of messages that end, whether sent or not. */
class EndedOnTheLineTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(30);

  private final FakeBackend backend = new FakeBackend();
  private SendingLine line;

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aMessageWhoseTimeIsOverShouldBeToldAsFailedAfterItsLastTry() throws Exception {
    LineFixture fixture = planned();
    fixture.queue(3);
    fixture.execute(
        "update tenant.message set attempts = 4, expires_at = now() - interval '1 s'"
            + " where tenant_id = ?");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("failed", 3));
    assertThat(fixture.told).hasSize(3);
    for (NewEvent event : fixture.told) {
      assertThat(event.type()).isEqualTo("message.failed");
      assertThat(event.subjectVersion()).isEqualTo(9);
      assertThat(event.data().get("campaign_id")).isEqualTo(fixture.campaign);
      assertThat(event.data().get("contact_id")).isInstanceOf(UUID.class);
    }
    assertThat(backend.received).isEmpty();
    await().atMost(SOON).until(() -> fixture.completed.contains(fixture.campaign));
  }

  @Test
  void whatARemovedMailboxHasLeftShouldEndAndCompleteItsCampaign() throws Exception {
    LineFixture fixture = planned();
    fixture.queue(3);
    fixture.execute("delete from tenant.a_mailbox where tenant_id = ?");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("failed", 3));
    assertThat(fixture.told).extracting(NewEvent::type).containsOnly("message.failed").hasSize(3);
    assertThat(backend.received).isEmpty();
    await().atMost(SOON).until(() -> fixture.completed.contains(fixture.campaign));
  }

  @Test
  void aMessageThatCannotBeRenderedShouldBeToldAsFailed() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    fixture.contentGone = true;
    fixture.queue(2);
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("failed", 2));
    assertThat(fixture.told).extracting(NewEvent::type).containsOnly("message.failed");
    assertThat(fixture.told).extracting(NewEvent::subjectId).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void aRecipientWhoIsBarredShouldNotBeToldOfAsCampaignsCountThem() throws Exception {
    LineFixture fixture = planned();
    fixture.queue(2);
    fixture.execute("update tenant.a_contact set suppressed = true where tenant_id = ?");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("suppressed", 2));
    assertThat(fixture.told).isEmpty();
    await().atMost(SOON).until(() -> fixture.completed.contains(fixture.campaign));
  }

  @Test
  void everyOutcomeShouldBeCountedOnceForItsMailboxAndDomain() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    fixture.queue(20);
    HashSet<String> refused = new HashSet<>();
    backend.parallelism = 1;
    backend.verdict =
        to -> refused.size() < 5 && refused.add(to) ? Status.REJECTED : Status.ACCEPTED;
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("accepted", 15, "failed", 5));
    assertThat(fixture.meter.waiting(RateMeter.Kind.ACCEPTED)).isEqualTo(15);
    assertThat(fixture.meter.waiting(RateMeter.Kind.FAILED)).isEqualTo(5);
    await().atMost(SOON).until(() -> line.inFlight().isEmpty());
  }

  /** A campaign of which all recipients have their messages. */
  private static LineFixture planned() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    fixture.execute(
        "insert into tenant.campaign_plan (tenant_id, id, content_id, state, created_at)"
            + " values (?, ?, ?, 'assigned', now())",
        fixture.campaign,
        fixture.campaign);
    return fixture;
  }

  private static void awaitStates(LineFixture fixture, Map<String, Integer> states) {
    await().atMost(SOON).untilAsserted(() -> assertThat(fixture.states()).isEqualTo(states));
  }
}
