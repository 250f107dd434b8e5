// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.contacts.SuppressionService.Reason;
import io.rookery.api.sending.MessageService.Batch;
import io.rookery.api.sending.NewMessage;
import io.rookery.api.sending.NewMessage.Attachment;
import io.rookery.api.sending.NewMessage.Recipient;
import io.rookery.api.sending.NewMessage.Sender;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.State;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.single.SingleContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MessageServiceImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private SingleFixture fixture;
  private TenantContext context;
  private MessageServiceImpl service;

  @BeforeEach
  void open() throws Exception {
    fixture = new SingleFixture(DATABASE);
    context = fixture.context;
    service = fixture.service;
  }

  @Test
  void aMessageShouldBeQueuedWithWhatItSaysAndItsLane() throws Exception {
    Message message = service.send(context, fixture.to("ann@x.example").build());

    assertThat(message).isEqualTo(fixture.find(message.id()));
    assertThat(message.state()).isEqualTo(State.DUE);
    assertThat(message.category()).isEqualTo(Category.COMMERCIAL);
    assertThat(message.mode()).isEqualTo(Mode.LIVE);
    assertThat(message.mailboxId()).isEqualTo(fixture.mailbox);
    assertThat(message.campaignId()).isNull();
    assertThat(message.dueAt()).isEqualTo(fixture.clock.instant());
    assertThat(message.messageIdHeader()).endsWith("@example.com>");
    SingleContent content = fixture.content(message.id());
    assertThat(content.subject()).isEqualTo("Your order");
    assertThat(content.html()).contains("Thank you").contains("https://links.example/u/");
    assertThat(fixture.laneDue()).isEqualTo(fixture.clock.instant());
    assertThat(fixture.events).containsExactly("message.queued");
    assertThat(fixture.urged).containsExactly(fixture.mailbox);
  }

  @Test
  void theMailboxMayBeNamedByItsIdAndTheRecipientByAContact() throws Exception {
    UUID contact = fixture.contact("carl@x.example");
    NewMessage message =
        fixture
            .to("ignored@x.example")
            .from(new Sender(fixture.mailbox, null))
            .recipient(new Recipient(null, contact))
            .template(Map.of("order", "{{ 4711 }}"))
            .build();

    Message sent = service.send(context, message);

    assertThat(sent.contactId()).isEqualTo(contact);
    assertThat(fixture.content(sent.id()).text())
        .contains("Ada in Köln at carl@x.example ordered {{ 4711 }} from Heronry");
  }

  @Test
  void categoryShouldDecideOrderTriesAndUnsubscribing() throws Exception {
    Message commercial = service.send(context, fixture.to("a@x.example").build());
    Message transactional =
        service.send(context, fixture.to("b@x.example").category(Category.TRANSACTIONAL).build());

    assertThat(fixture.row(transactional.id(), "priority", Integer.class))
        .isLessThan(fixture.row(commercial.id(), "priority", Integer.class));
    assertThat(fixture.tried(commercial.id())).isEqualTo(Duration.ofHours(96));
    assertThat(fixture.tried(transactional.id())).isEqualTo(Duration.ofHours(24));
    assertThat(fixture.content(transactional.id()).html()).doesNotContain("/u/");
    assertThat(fixture.asked).contains(Category.COMMERCIAL, Category.TRANSACTIONAL);
  }

  @Test
  void aRepeatShouldBeAnsweredAsTheFirstWhateverHasChangedSince() {
    TenantContext keyed = context.with(new IdempotencyKey("k", "f"));
    NewMessage message =
        fixture
            .to("a@x.example")
            .template(Map.of())
            .sendAt(fixture.clock.instant().plusSeconds(60))
            .build();
    Message first = service.send(keyed, message);
    fixture.clock.advance(Duration.ofHours(1));
    fixture.findings.add("domain_not_verified");
    fixture.template = null;

    assertThat(service.send(keyed, message)).isEqualTo(first);
    assertThat(fixture.count("message")).isEqualTo(1);
    assertInvalid(List.of("/send_at"), () -> service.send(context, message));
  }

  @Test
  void aBatchShouldBeQueuedInItsOrder() {
    List<NewMessage> messages =
        IntStream.range(0, 500).mapToObj(i -> fixture.to("r" + i + "@x.example").build()).toList();

    Batch batch = service.sendAll(context, messages);

    assertThat(batch.messages()).hasSize(500).allMatch(m -> m.state() == State.DUE);
    assertThat(batch.messages()).extracting(Message::id).doesNotHaveDuplicates();
    for (int i = 0; i < 500; i += 99) {
      assertThat(fixture.row(batch.messages().get(i).id(), "address", String.class))
          .isEqualTo("r" + i + "@x.example");
    }
    assertThat(fixture.count("message_content")).isEqualTo(500);
    assertThat(fixture.events).hasSize(500).containsOnly("message.queued");
  }

  @Test
  void oneWrongMessageShouldKeepTheWholeBatchOutAndBeNamed() {
    List<NewMessage> messages =
        List.of(
            fixture.to("a@x.example").build(),
            fixture.to("no address").build(),
            fixture.to("c@x.example").from(new Sender(null, null)).build(),
            fixture.to("d@x.example").headers(Map.of("Bcc", "e@x.example")).build());

    assertInvalid(
        List.of("/messages/1/to", "/messages/2/from", "/messages/3/headers"),
        () -> service.sendAll(context, messages));
    assertInvalid(List.of("/messages"), () -> service.sendAll(context, List.of()));
    assertNothing();
  }

  @Test
  void whatDoesNotExistShouldBeNamedAndNothingQueued() {
    UUID unknown = Uuids.next();
    List<NewMessage> messages =
        List.of(
            fixture.to("a@x.example").from(new Sender(null, "other@example.com")).build(),
            fixture.to("b@x.example").from(new Sender(unknown, null)).build(),
            fixture.to(null).recipient(new Recipient(null, unknown)).build());

    assertInvalid(
        List.of("/messages/0/from", "/messages/1/mailbox_id", "/messages/2/contact_id"),
        () -> service.sendAll(context, messages));
    fixture.template = null;
    assertInvalid(
        List.of("/template_id"),
        () -> service.send(context, fixture.to("a@x.example").template(Map.of()).build()));
    assertNothing();
  }

  @Test
  void whatAMailboxMayNotSendShouldBeRefusedAsForACampaign() {
    fixture.findings.add("transactional_not_permitted");
    assertInvalid(
        List.of("/category"), () -> service.send(context, fixture.to("a@x.example").build()));
    fixture.findings.set(0, "domain_not_verified");
    assertInvalid(List.of("/from"), () -> service.send(context, fixture.to("a@x.example").build()));
    fixture.findings.set(0, "backend_missing");
    assertThatThrownBy(() -> service.send(context, fixture.to("a@x.example").build()))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.UNAVAILABLE));
    assertNothing();
    fixture.findings.set(0, "mailbox_paused");
    assertThat(service.send(context, fixture.to("a@x.example").build()).state())
        .isEqualTo(State.DUE);
  }

  @Test
  void whoMayNotBeWrittenToShouldBeAnsweredAndNotSent() {
    Barrier left = new Barrier(Set.of(Reason.UNSUBSCRIBE), false);
    fixture.barriers.put("left@x.example", left);
    fixture.barriers.put("gone@x.example", new Barrier(Set.of(Reason.HARD_BOUNCE), false));
    fixture.barriers.put("quiet@x.example", new Barrier(Set.of(), true));
    List<NewMessage> messages = new ArrayList<>();
    for (Category category : Category.values()) {
      for (String to : List.of("left", "gone", "quiet", "free")) {
        messages.add(fixture.to(to + "@x.example").category(category).build());
      }
    }

    List<State> states =
        service.sendAll(context, messages).messages().stream().map(Message::state).toList();

    assertThat(states)
        .containsExactly(
            State.SUPPRESSED,
            State.SUPPRESSED,
            State.SUPPRESSED,
            State.DUE,
            State.DUE,
            State.SUPPRESSED,
            State.SUPPRESSED,
            State.DUE);
    assertThat(fixture.count("message_content")).isEqualTo(3);
    assertThat(fixture.events.stream().filter("message.suppressed"::equals)).hasSize(5);
  }

  @Test
  void whatBreaksOffShouldLeaveNothingBehindAndMayBeRepeated() {
    TenantContext keyed = context.with(new IdempotencyKey("k", "f"));
    NewMessage message =
        fixture
            .to("a@x.example")
            .attachments(List.of(new Attachment("a", null, null, new byte[] {1})))
            .build();
    fixture.logFailure = RookeryException.unavailable("Later", Duration.ofSeconds(1), null);

    assertFails(CommonErrors.UNAVAILABLE, () -> service.send(keyed, message));
    assertNothing();
    assertThat(fixture.count("message_file")).isZero();

    fixture.logFailure = null;
    service.send(keyed, message);
    assertThat(fixture.count("message_file")).isEqualTo(1);
  }

  @Test
  void filesShouldBeKeptWithTheirMessage() throws Exception {
    byte[] octets = new byte[200_000];
    new Random(5).nextBytes(octets);
    NewMessage message =
        fixture
            .to("a@x.example")
            .attachments(
                List.of(
                    new Attachment("Rechnung.pdf", "application/pdf", null, octets),
                    new Attachment(null, "image/png", "logo", new byte[] {1, 2})))
            .build();

    SingleContent content = fixture.content(service.send(context, message).id());

    assertThat(content.files()).hasSize(2);
    assertThat(content.files().get(0).content()).isEqualTo(octets);
    assertThat(content.files().get(1).contentId()).isEqualTo("logo");
  }

  @Test
  void eachWrongFieldShouldBeNamed() {
    byte[] large = new byte[SingleFixture.LARGEST + 1];
    assertWrong("/attachments", fixture.file("a", "text/plain", null, large));
    assertWrong("/attachments/0/file_name", fixture.file(null, null, null, new byte[1]));
    assertWrong("/attachments/0/file_name", fixture.file("../a", null, null, new byte[1]));
    assertWrong("/attachments/0/file_name", fixture.file("a\r\nX: y", null, null, new byte[1]));
    assertWrong("/attachments/0/content_type", fixture.file("a", "text", null, new byte[1]));
    assertWrong(
        "/attachments/0/content_type", fixture.file("a", "multipart/mixed", null, new byte[1]));
    assertWrong("/attachments/0/content_id", fixture.file("a", null, "a>b", new byte[1]));
    assertWrong("/attachments/0/content", fixture.file("a", null, null, null));
    assertWrong("/subject", fixture.to("a@x.example").subject("Hi\r\nBcc: x@y.example"));
    assertWrong("/subject", fixture.to("a@x.example").subject(null));
    assertWrong("/from_name", fixture.to("a@x.example").fromName("A\nB"));
    assertWrong("/reply_to", fixture.to("a@x.example").replyTo("x"));
    assertWrong("/html", fixture.to("a@x.example").html("a\0b"));
    assertWrong("/html", fixture.to("a@x.example").html(null));
    assertWrong("/variables", fixture.to("a@x.example").variables(Map.of("a", "b")));
    assertWrong(
        "/variables/tenant",
        fixture.to("a@x.example").template(Map.of("tenant", Map.of("postal_address", "Nowhere"))));
    assertWrong("/to", fixture.to("a@x.example").recipient(new Recipient("a@b.c", Uuids.next())));
    assertWrong(
        "/send_at",
        fixture.to("a@x.example").sendAt(fixture.clock.instant().plus(Duration.ofDays(31))));
    assertWrong(
        "/headers/Importance", fixture.to("a@x.example").headers(Map.of("Importance", "very")));
    assertWrong(
        "/headers/References",
        fixture.to("a@x.example").headers(Map.of("References", "<a@b>\r\nBcc: x@y.example")));
    assertNothing();
  }

  @Test
  void onlyAMessageWhoseTimeHasNotComeShouldBeCancelled() throws Exception {
    Message later =
        service.send(
            context,
            fixture.to("a@x.example").sendAt(fixture.clock.instant().plusSeconds(60)).build());
    Message now = service.send(context, fixture.to("b@x.example").build());

    Message cancelled = service.cancel(context, later.id());

    assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
    assertThat(cancelled.finishedAt()).isEqualTo(fixture.clock.instant());
    assertThat(service.cancel(context, later.id())).isEqualTo(cancelled);
    assertThat(fixture.events.stream().filter("message.cancelled"::equals)).hasSize(1);
    assertFails(CommonErrors.WRONG_STATE, () -> service.cancel(context, now.id()));
    assertFails(CommonErrors.WRONG_STATE, () -> service.cancel(context, fixture.ofACampaign()));
    assertFails(CommonErrors.NOT_FOUND, () -> service.cancel(context, Uuids.next()));
    assertFails(CommonErrors.NOT_FOUND, () -> service.cancel(DATABASE.tenant(), later.id()));
    assertThat(fixture.find(now.id()).state()).isEqualTo(State.DUE);
  }

  @Test
  void aTestKeyShouldMakeAndSeeTestMessagesAlone() {
    TenantContext test =
        new TenantContext(context.tenantId(), context.actor(), "r", null, Mode.TEST);
    Message live = service.send(context, fixture.to("a@x.example").build());
    Message made = service.send(test, fixture.to("b@x.example").build());

    assertThat(made.mode()).isEqualTo(Mode.TEST);
    assertThat(fixture.list(test)).containsExactly(made.id());
    assertThat(fixture.list(context)).containsExactly(made.id(), live.id());
    assertFails(CommonErrors.NOT_FOUND, () -> service.cancel(test, live.id()));
  }

  private void assertWrong(String pointer, SingleFixture.Asked asked) {
    assertInvalid(List.of(pointer), () -> service.send(context, asked.build()));
  }

  private void assertNothing() {
    assertThat(fixture.count("message")).isZero();
    assertThat(fixture.count("message_content")).isZero();
    assertThat(fixture.count("lane")).isZero();
    assertThat(fixture.events).isEmpty();
  }

  private static void assertInvalid(List<String> pointers, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CommonErrors.VALIDATION_FAILED);
              assertThat(e.errors()).extracting(FieldError::pointer).isEqualTo(pointers);
            });
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RookeryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
