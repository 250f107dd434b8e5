// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.MessageFilter;
import io.rookery.api.sending.SendingService.State;
import io.rookery.api.sending.SendingService.TestSend;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SendingServiceImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final TenantContext context = DATABASE.tenant();
  private final UUID mailbox = Uuids.next();
  private final UUID campaign = Uuids.next();
  private final List<NewEvent> events = new ArrayList<>();
  private final SendingServiceImpl service =
      new SendingServiceImpl(
          DATABASE.transactions(),
          Fake.of(CampaignService.class, Map.of("get", arguments -> campaign())),
          Fake.of(CampaignContents.class, Map.of("draft", arguments -> null)),
          Fake.of(MailboxService.class, Map.of("get", arguments -> mailbox())),
          (tx, appended) -> events.addAll(appended),
          Clock.systemUTC());

  @Test
  void aTestSendShouldQueueOneMessageForEachAddress() {
    TestSend sent = service.sendTest(context, campaign, List.of("a@x.example", "b@x.example"));

    assertThat(sent.messageIds()).hasSize(2);
    Message message = service.message(context, sent.messageIds().get(0));
    assertThat(message.state()).isEqualTo(State.DUE);
    assertThat(message.messageIdHeader()).endsWith("@example.com>");
    assertThat(service.progress(context, campaign).planned()).isZero();
  }

  @Test
  void aTestSendUnderTheSameKeyShouldHappenOnce() {
    TenantContext keyed = context.with(new IdempotencyKey("k", "f"));

    TestSend first = service.sendTest(keyed, campaign, List.of("a@x.example"));
    TestSend repeat = service.sendTest(keyed, campaign, List.of("a@x.example"));

    assertThat(repeat).isEqualTo(first);
    assertThat(all()).hasSize(1);
  }

  @Test
  void aTestSendShouldNameEachWrongAddressAndQueueNothing() {
    assertThatThrownBy(
            () ->
                service.sendTest(context, campaign, List.of("a@x.example", "no", "b@x\n.example")))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.errors()).extracting("pointer").containsExactly("/to/1", "/to/2"));
    assertThatThrownBy(() -> service.sendTest(context, campaign, List.of()))
        .isInstanceOf(RookeryException.class);
    assertThat(all()).isEmpty();
  }

  @Test
  void messagesShouldComeInPagesNewestFirst() {
    List<String> ten = IntStream.range(0, 10).mapToObj(i -> "c" + i + "@x.example").toList();
    service.sendTest(context, campaign, ten);

    List<UUID> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<Message> page =
          service.messages(
              context, new MessageFilter(campaign, State.DUE), new PageRequest(4, cursor));
      page.items().forEach(message -> seen.add(message.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    assertThatThrownBy(
            () -> service.messages(context, new MessageFilter(null, null), new PageRequest(4, "x")))
        .isInstanceOf(RookeryException.class);
  }

  @Test
  void requeueShouldTakeDeadLettersOfTheTenantAlone() throws Exception {
    UUID id = service.sendTest(context, campaign, List.of("a@x.example")).messageIds().get(0);
    assertThat(service.requeue(context, List.of(id))).isZero();
    fail(id);
    TenantContext other = DATABASE.tenant();

    for (List<UUID> ids : List.of(List.of(id), List.of(Uuids.next()))) {
      assertThatThrownBy(() -> service.requeue(other, ids))
          .isInstanceOfSatisfying(
              RookeryException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.NOT_FOUND));
    }
    assertThatThrownBy(() -> service.requeue(context, List.of(id, Uuids.next())))
        .isInstanceOf(RookeryException.class);
    assertThat(service.message(context, id).state()).isEqualTo(State.FAILED);
    TenantContext test =
        new TenantContext(context.tenantId(), context.actor(), "r", null, Mode.TEST);
    assertThatThrownBy(() -> service.requeue(test, List.of(id)))
        .isInstanceOf(RookeryException.class);
    assertThat(events).isEmpty();
    assertThat(service.requeue(context, List.of(id))).isEqualTo(1);
    assertThat(events)
        .extracting(NewEvent::type, NewEvent::data)
        .containsExactly(tuple("dead_letters.requeued", Map.of("requeued", 1)));
    assertThat(service.message(context, id).state()).isEqualTo(State.DUE);
  }

  @Test
  void anotherTenantShouldSeeNothing() {
    UUID id = service.sendTest(context, campaign, List.of("a@x.example")).messageIds().get(0);
    TenantContext other = DATABASE.tenant();

    assertThatThrownBy(() -> service.message(other, id))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("not_found"));
    assertThat(service.messages(other, new MessageFilter(null, null), PageRequest.FIRST).items())
        .isEmpty();
  }

  private List<Message> all() {
    return service.messages(context, new MessageFilter(null, null), PageRequest.FIRST).items();
  }

  private void fail(UUID id) throws Exception {
    try (Connection owner = DATABASE.owner();
        PreparedStatement update =
            owner.prepareStatement("update tenant.message set state = 'failed' where id = ?")) {
      update.setObject(1, id);
      update.executeUpdate();
    }
  }

  private Campaign campaign() {
    CampaignData data =
        new CampaignData(
            "C", null, List.of(), List.of(mailbox), null, null, null, true, true, null);
    return new Campaign(
        campaign, data, Campaign.State.DRAFT, Mode.LIVE, null, Instant.now(), null, null, 1);
  }

  private Mailbox mailbox() {
    return new Mailbox(
        mailbox,
        UUID.randomUUID(),
        "news@example.com",
        "News",
        "fake",
        Map.of(),
        Set.of(),
        50,
        0,
        MailboxData.WhenInDoubt.RESEND,
        null,
        null,
        null,
        null,
        null,
        Instant.now(),
        1);
  }
}
