// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.contacts.SuppressionService.Reason;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.mime.Mail;
import io.rookery.sending.internal.single.Single;
import io.rookery.sending.internal.single.SingleContent;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.SingleStore;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.RawMessage;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SinglesOnTheLineTest {

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
  void aMessageShouldGoOutWithWhatItSays() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    queue(fixture, Category.COMMERCIAL, Mode.LIVE, "ann@x.example");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("accepted", 1));
    MimeMessage mail = read(backend.messages.remove());
    assertThat(mail.getSubject()).isEqualTo("Bestellung ✓");
    assertThat(mail.getFrom()[0].toString()).isEqualTo("Shop <news@example.com>");
    assertThat(mail.getHeader("List-Unsubscribe", null)).startsWith("<https://links.example/u/");
    assertThat(mail.getHeader("List-Unsubscribe-Post", null)).isNotNull();
    assertThat(mail.getHeader("Importance", null)).isEqualTo("high");
    assertThat(((Multipart) mail.getContent()).getBodyPart(1).getFileName()).isEqualTo("a.txt");
    assertThat(fixture.events).containsExactly("message.accepted");
    assertThat(fixture.completed).isEmpty();
  }

  @Test
  void transactionalMailShouldGoBeforeACampaignAndCarryNoUnsubscribeLink() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(40);
    queue(fixture, Category.COMMERCIAL, Mode.LIVE, "second@x.example");
    queue(fixture, Category.TRANSACTIONAL, Mode.LIVE, "first@x.example");
    backend.parallelism = 1;
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("accepted", 42));
    RawMessage first = backend.messages.remove();
    assertThat(first.recipients()).containsExactly("first@x.example");
    assertThat(read(first).getHeader("List-Unsubscribe")).isNull();
    assertThat(backend.messages.remove().recipients()).containsExactly("second@x.example");
  }

  @Test
  void somethingUrgentShouldNotWaitForTheEndOfACampaign() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(700);
    backend.parallelism = 1;
    int permits = backend.gate.drainPermits();
    line = fixture.line(DATABASE.leases(), backend);
    // The first block of 500 is claimed and its first message given away.
    await().atMost(SOON).until(() -> line.slots() == 1);
    queue(fixture, Category.TRANSACTIONAL, Mode.LIVE, "urgent@x.example");
    line.urge(fixture.context.tenantId(), List.of(fixture.mailbox));
    backend.gate.release(permits);

    awaitStates(fixture, Map.of("accepted", 701));
    List<String> order = backend.messages.stream().map(m -> m.recipients().get(0)).toList();
    assertThat(order.indexOf("urgent@x.example")).isLessThan(600);
  }

  @Test
  void campaignsShouldBeHeldToTestModeAndPermissionAtEachClaimToo() throws Exception {
    LineFixture test = new LineFixture(DATABASE, 1000);
    test.queue(3);
    test.execute("update tenant.message set mode = 'test' where tenant_id = ?");
    line = test.line(DATABASE.leases(), backend);
    awaitStates(test, Map.of("failed", 3));
    line.close();
    LineFixture revoked = new LineFixture(DATABASE, 1000);
    revoked.transactional = false;
    revoked.queue(2);
    revoked.execute("update tenant.message set category = 'transactional' where tenant_id = ?");
    line = revoked.line(DATABASE.leases(), backend);
    awaitStates(revoked, Map.of("failed", 2));
    assertThat(backend.received).isEmpty();
  }

  @Test
  void whoMayNotBeWrittenToAnyMoreShouldGetNothing() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    fixture.barriers =
        Map.of(
            "left@x.example", new Barrier(Set.of(Reason.UNSUBSCRIBE), false),
            "gone@x.example", new Barrier(Set.of(Reason.COMPLAINT), false));
    for (Category category : Category.values()) {
      queue(fixture, category, Mode.LIVE, "left@x.example", "gone@x.example");
    }
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("suppressed", 3, "accepted", 1));
    assertThat(Collections.frequency(fixture.events, "message.suppressed")).isEqualTo(3);
    assertThat(backend.received).containsOnlyKeys("left@x.example");
    assertThat(read(backend.messages.remove()).getHeader("List-Unsubscribe")).isNull();
  }

  @Test
  void transactionalMailShouldEndOnceItIsNoLongerPermitted() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    fixture.transactional = false;
    queue(fixture, Category.TRANSACTIONAL, Mode.LIVE, "a@x.example");
    queue(fixture, Category.COMMERCIAL, Mode.LIVE, "b@x.example");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("failed", 1, "accepted", 1));
    assertThat(fixture.events).containsOnlyOnce("message.failed");
    assertThat(backend.received).containsOnlyKeys("b@x.example");
  }

  @Test
  void aTestMessageShouldNeverReachABackendThatSends() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    queue(fixture, Category.COMMERCIAL, Mode.TEST, "a@x.example");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("failed", 1));
    assertThat(backend.received).isEmpty();
    line.close();

    LineFixture caught = new LineFixture(DATABASE, 1000);
    FakeBackend catching = new FakeBackend();
    catching.capabilities = Set.of(Capability.RAW_MIME, Capability.CATCHES_MAIL);
    queue(caught, Category.COMMERCIAL, Mode.TEST, "a@x.example");
    line = caught.line(DATABASE.leases(), catching);
    awaitStates(caught, Map.of("accepted", 1));
  }

  @Test
  void aMessageShouldNotGoOutBeforeItsTime() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    Instant due = Instant.now().plusSeconds(2);
    queue(fixture, due, single(fixture, Category.COMMERCIAL, "later@x.example", due));
    queue(fixture, Category.COMMERCIAL, Mode.LIVE, "now@x.example");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("accepted", 1, "due", 1));
    assertThat(backend.received).containsOnlyKeys("now@x.example");
    awaitStates(fixture, Map.of("accepted", 2));
    assertThat(Instant.now()).isAfterOrEqualTo(due);
  }

  @Test
  void aMessageWhoseContentIsGoneShouldEnd() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 1000);
    queue(fixture, Category.COMMERCIAL, Mode.LIVE, "a@x.example");
    fixture.execute("delete from tenant.message_content where tenant_id = ?");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("failed", 1));
    assertThat(backend.received).isEmpty();
  }

  private static void queue(LineFixture fixture, Category category, Mode mode, String... to) {
    Instant now = Instant.now();
    for (String address : to) {
      queue(fixture, mode, now, single(fixture, category, address, now));
    }
  }

  private static void queue(LineFixture fixture, Instant due, Single message) {
    queue(fixture, Mode.LIVE, due, message);
  }

  private static void queue(LineFixture fixture, Mode mode, Instant due, Single message) {
    DATABASE
        .transactions()
        .call(
            fixture.in(mode),
            tx -> {
              new SingleStore().insert(tx, List.of(message), Instant.now());
              new LaneStore().makeDue(tx, List.of(fixture.mailbox), due);
              return null;
            });
  }

  private static Single single(LineFixture fixture, Category category, String to, Instant due) {
    UUID id = Uuids.next();
    Mail.File file = new Mail.File("a.txt", "text/plain", null, new byte[] {'a'});
    SingleContent content =
        new SingleContent(
            "Shop",
            null,
            "Bestellung ✓",
            "<p>Danke</p>",
            "Danke",
            Map.of("Importance", "high"),
            List.of(file));
    Single.Sender sender = new Single.Sender(fixture.mailbox, "example.com");
    return new Single(id, null, to, sender, category, due, null, content);
  }

  private static MimeMessage read(RawMessage message) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(message.content()));
  }

  private static void awaitStates(LineFixture fixture, Map<String, Integer> states) {
    await().atMost(SOON).untilAsserted(() -> assertThat(fixture.states()).isEqualTo(states));
  }
}
