// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rookery.kernel.Uuids;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.CaughtMail;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink.Offer;
import io.rookery.spi.mail.RawMessage;
import io.rookery.spi.mail.SentLookup;
import io.rookery.spi.mail.TemplateMessage;
import io.rookery.spi.plugin.Setting;
import io.rookery.spi.plugin.Setting.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every mail backend must do. A plugin's test implements this interface and gives a fixture:
 * the backend with a receiver of which the fixture can tell what arrived.
 */
@Timeout(60)
public interface EmailBackendContract {

  /** Returns a new fixture; the contract closes it. */
  BackendFixture testee() throws Exception;

  private static List<OutboundMessage> messages(BackendFixture fixture, int count) {
    List<OutboundMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(fixture.message(TestMessages.recipient()));
    }
    return messages;
  }

  private static List<String> recipients(List<OutboundMessage> messages) {
    return messages.stream().flatMap(message -> message.recipients().stream()).toList();
  }

  private static void assertWhole(RecordingOutcomes outcomes, List<OutboundMessage> messages) {
    Map<UUID, OutboundMessage> byId = messages.stream().collect(toMap(OutboundMessage::id, m -> m));
    assertThat(outcomes.violations()).isEmpty();
    assertThat(outcomes.outstanding()).isEmpty();
    for (Outcome outcome : outcomes.outcomes()) {
      assertThat(outcome.recipients().stream().map(Outcome.RecipientOutcome::recipient))
          .containsExactlyElementsOf(byId.get(outcome.messageId()).recipients());
    }
  }

  @Test
  default void everyGrantedMessageShouldArriveAndBeToldOnce() throws Exception {
    try (BackendFixture fixture = testee()) {
      List<OutboundMessage> messages = messages(fixture, 25);
      RecordingOutcomes outcomes = new RecordingOutcomes();
      fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      assertWhole(outcomes, messages);
      assertThat(outcomes.statuses()).hasSize(25).containsOnly(Status.ACCEPTED);
      assertThat(fixture.received()).containsExactlyInAnyOrderElementsOf(recipients(messages));
    }
  }

  @Test
  default void theServerShouldHaveANameThatTellsNoSecret() throws Exception {
    try (BackendFixture fixture = testee()) {
      Account account = fixture.account();
      String server = fixture.backend().server(account);
      assertThat(server).isNotBlank().hasSizeLessThanOrEqualTo(512);
      assertThat(fixture.backend().server(account)).isEqualTo(server);
      account
          .credentials()
          .values()
          .forEach(secret -> assertThat(server).doesNotContain(secret.reveal()));
    }
  }

  @Test
  default void anIteratorThatMayWaitShouldBeSentToo() throws Exception {
    try (BackendFixture fixture = testee()) {
      List<OutboundMessage> messages = messages(fixture, 3);
      RecordingOutcomes outcomes = new RecordingOutcomes();
      var told = new ArrayList<Integer>();
      var waiting = new ForwardingIterator(messages, () -> told.add(outcomes.outstanding().size()));
      fixture.backend().send(fixture.account(), waiting, outcomes);
      assertWhole(outcomes, messages);
      assertThat(outcomes.statuses()).hasSize(3).containsOnly(Status.ACCEPTED);
      assertThat(told).as("messages kept back while the next was waited for").containsOnly(0);
    }
  }

  @Test
  default void nothingShouldBeSentWithoutAGrant() throws Exception {
    try (BackendFixture fixture = testee()) {
      RecordingOutcomes outcomes = new RecordingOutcomes(64, id -> Offer.REFUSED);
      List<OutboundMessage> messages = messages(fixture, 3);
      fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      assertThat(outcomes.waits()).as("offers after a refusal").hasSize(1);
      assertThat(outcomes.outcomes()).isEmpty();
      assertThat(fixture.received()).isEmpty();
    }
  }

  @Test
  default void aRefusedOfferShouldEndTheCallAndNotWhatWasGranted() throws Exception {
    try (BackendFixture fixture = testee()) {
      AtomicInteger offers = new AtomicInteger();
      RecordingOutcomes outcomes =
          new RecordingOutcomes(
              64, id -> offers.incrementAndGet() > 2 ? Offer.REFUSED : Offer.GRANTED);
      List<OutboundMessage> messages = messages(fixture, 5);
      fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      assertWhole(outcomes, messages);
      assertThat(offers).hasValue(3);
      assertThat(fixture.received())
          .containsExactlyInAnyOrderElementsOf(recipients(messages.subList(0, 2)));
    }
  }

  @Test
  default void aSkippedMessageShouldNotBeSentAndTheNextOnesShould() throws Exception {
    try (BackendFixture fixture = testee()) {
      List<OutboundMessage> messages = messages(fixture, 4);
      Set<UUID> skipped = Set.of(messages.get(0).id(), messages.get(2).id());
      RecordingOutcomes outcomes =
          new RecordingOutcomes(64, id -> skipped.contains(id) ? Offer.SKIP : Offer.GRANTED);
      fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      assertWhole(outcomes, messages);
      assertThat(fixture.received())
          .containsExactlyInAnyOrder(
              messages.get(1).recipients().get(0), messages.get(3).recipients().get(0));
    }
  }

  @Test
  default void aBusyOfferShouldBeMadeAgain() throws Exception {
    try (BackendFixture fixture = testee()) {
      Set<UUID> seen = new HashSet<>();
      RecordingOutcomes outcomes =
          new RecordingOutcomes(64, id -> seen.add(id) ? Offer.BUSY : Offer.GRANTED);
      List<OutboundMessage> messages = messages(fixture, 6);
      fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      assertWhole(outcomes, messages);
      assertThat(fixture.received()).containsExactlyInAnyOrderElementsOf(recipients(messages));
    }
  }

  @Test
  default void oneSlotShouldBeEnough() throws Exception {
    try (BackendFixture fixture = testee()) {
      RecordingOutcomes outcomes = new RecordingOutcomes(1);
      List<OutboundMessage> messages = messages(fixture, 5);
      fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      assertWhole(outcomes, messages);
      assertThat(fixture.received()).containsExactlyInAnyOrderElementsOf(recipients(messages));
    }
  }

  @Test
  default void callsShouldRunSideBySideUpToTheParallelism() throws Exception {
    try (BackendFixture fixture = testee()) {
      int calls = fixture.backend().parallelism(fixture.account());
      assertThat(calls).isPositive();
      RecordingOutcomes outcomes = new RecordingOutcomes(16);
      List<OutboundMessage> all = Collections.synchronizedList(new ArrayList<>());
      ExecutorService threads = Executors.newFixedThreadPool(calls);
      try {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
          List<OutboundMessage> messages = messages(fixture, 20);
          all.addAll(messages);
          running.add(
              threads.submit(
                  () -> {
                    fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
                    return null;
                  }));
        }
        for (Future<?> call : running) {
          call.get(50, TimeUnit.SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }
      assertWhole(outcomes, all);
      assertThat(fixture.received()).containsExactlyInAnyOrderElementsOf(recipients(all));
    }
  }

  @Test
  default void aRefusedRecipientShouldBeRejectedAndTheNextMessageSent() throws Exception {
    try (BackendFixture fixture = testee()) {
      assumeTrue(fixture.refusedRecipient().isPresent(), "The receiver refuses nobody");
      OutboundMessage refused = fixture.message(fixture.refusedRecipient().orElseThrow());
      List<OutboundMessage> messages = new ArrayList<>(List.of(refused));
      messages.addAll(messages(fixture, 2));
      RecordingOutcomes outcomes = new RecordingOutcomes();
      fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      assertWhole(outcomes, messages);
      assertThat(outcomes.first(refused.id()).status()).isEqualTo(Status.REJECTED);
      assertThat(fixture.received())
          .containsExactlyInAnyOrderElementsOf(recipients(messages.subList(1, 3)));
    }
  }

  @Test
  default void anInterruptedCallShouldEndWithEveryGrantedMessageTold() throws Exception {
    try (BackendFixture fixture = testee()) {
      List<OutboundMessage> messages = messages(fixture, 50);
      AtomicInteger offers = new AtomicInteger();
      RecordingOutcomes outcomes =
          new RecordingOutcomes(
              64,
              id -> {
                if (offers.incrementAndGet() == 3) {
                  Thread.currentThread().interrupt();
                }
                return Offer.GRANTED;
              });
      boolean interrupted = false;
      try {
        fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      assertThat(interrupted || Thread.interrupted()).isTrue();
      assertWhole(outcomes, messages);
      assertThat(outcomes.granted()).hasSizeLessThan(50);
      assertThat(fixture.received()).as("arrived").doesNotHaveDuplicates();
    }
  }

  @Test
  default void aFailingIteratorShouldNotTakeGrantedMessagesWithIt() throws Exception {
    try (BackendFixture fixture = testee()) {
      List<OutboundMessage> messages = messages(fixture, 3);
      RecordingOutcomes outcomes = new RecordingOutcomes();
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  fixture.backend().send(fixture.account(), new FailingSource(messages), outcomes));
      assertWhole(outcomes, messages);
      assertThat(fixture.received()).containsExactlyInAnyOrderElementsOf(recipients(messages));
    }
  }

  @Test
  default void whatIsNotDeclaredShouldBeRejectedCleanly() throws Exception {
    try (BackendFixture fixture = testee()) {
      Set<Capability> capabilities = fixture.backend().capabilities();
      List<OutboundMessage> messages = new ArrayList<>();
      if (!capabilities.contains(Capability.RAW_MIME)) {
        messages.add(TestMessages.to(TestMessages.recipient()));
      }
      if (!capabilities.contains(Capability.TEMPLATES)) {
        messages.add(
            new TemplateMessage(Uuids.next(), TestMessages.recipient(), "welcome", Map.of()));
      }
      if (!capabilities.contains(Capability.INTERNATIONAL_ADDRESSES)) {
        messages.add(fixture.message("jürgen@receiver.example"));
      }
      RecordingOutcomes outcomes = new RecordingOutcomes();
      fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      assertWhole(outcomes, messages);
      assertThat(outcomes.statuses()).hasSameSizeAs(messages).allMatch(Status.REJECTED::equals);
      assertThat(fixture.received()).isEmpty();
    }
  }

  @Test
  default void anAddressWithALineEndShouldBeRejected() throws Exception {
    try (BackendFixture fixture = testee()) {
      assumeTrue(fixture.backend().capabilities().contains(Capability.RAW_MIME), "No envelope");
      List<OutboundMessage> messages = new ArrayList<>();
      for (String evil :
          List.of("a@b.example\r\nRCPT TO:<c@d.example>", "a\0@b.example", "a\n@b.c")) {
        messages.add(TestMessages.to(evil));
        messages.add(
            new RawMessage(
                Uuids.next(),
                evil,
                List.of(TestMessages.recipient()),
                "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII),
                false));
      }
      RecordingOutcomes outcomes = new RecordingOutcomes();
      fixture.backend().send(fixture.account(), new ListSource(messages), outcomes);
      assertWhole(outcomes, messages);
      assertThat(outcomes.statuses()).hasSize(6).containsOnly(Status.REJECTED);
      assertThat(fixture.received()).isEmpty();
    }
  }

  @Test
  default void declaredAbilitiesShouldBeThere() throws Exception {
    try (BackendFixture fixture = testee()) {
      EmailBackend backend = fixture.backend();
      Set<Capability> capabilities = backend.capabilities();
      assertThat(backend.capabilities()).isEqualTo(capabilities);
      assertThat(capabilities).containsAll(backend.capabilities(fixture.account()));
      assertThat(capabilities).containsAnyOf(Capability.RAW_MIME, Capability.TEMPLATES);
      assertThat(backend instanceof SentLookup)
          .isEqualTo(capabilities.contains(Capability.SENT_LOOKUP));
      assertThat(backend instanceof CaughtMail)
          .isEqualTo(capabilities.contains(Capability.CATCHES_MAIL));
    }
  }

  @Test
  default void settingsShouldBeWellFormed() throws Exception {
    try (BackendFixture fixture = testee()) {
      List<Setting> settings = fixture.backend().settings();
      assertThat(settings.stream().map(Setting::name)).doesNotHaveDuplicates();
      for (Setting setting : settings) {
        assertThat(setting.description()).isNotBlank();
        assertThat(setting.type() == Type.CHOICE).isEqualTo(!setting.choices().isEmpty());
        if (setting.type() == Type.SECRET) {
          assertThat(setting.defaultValue()).isNull();
        }
        if (setting.type() == Type.CHOICE) {
          assertThat(setting.choices()).contains(setting.defaultValue());
        }
      }
    }
  }

  @Test
  default void checkShouldSendNothingAndLeaveNothing() throws Exception {
    try (BackendFixture fixture = testee()) {
      fixture.backend().check(fixture.account());
      assertThat(fixture.received()).isEmpty();
    }
  }

  @Test
  default void wrongCredentialsShouldBeToldAndNothingOffered() throws Exception {
    try (BackendFixture fixture = testee()) {
      assumeTrue(fixture.accountWithWrongCredentials().isPresent(), "Nobody signs in");
      Account account = fixture.accountWithWrongCredentials().orElseThrow();
      assertFails(fixture, account, BackendException.Kind.AUTHENTICATION);
    }
  }

  @Test
  default void aServerThatIsAwayShouldBeToldAndNothingOffered() throws Exception {
    try (BackendFixture fixture = testee()) {
      assumeTrue(fixture.unreachableAccount().isPresent(), "There is no server");
      Account account = fixture.unreachableAccount().orElseThrow();
      assertFails(fixture, account, BackendException.Kind.CONNECTION);
    }
  }

  private static void assertFails(
      BackendFixture fixture, Account account, BackendException.Kind kind) {
    RecordingOutcomes outcomes = new RecordingOutcomes();
    ListSource source = new ListSource(messages(fixture, 2));
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> fixture.backend().send(account, source, outcomes))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .satisfies(
            e ->
                account
                    .credentials()
                    .values()
                    .forEach(secret -> assertThat(e.toString()).doesNotContain(secret.reveal())));
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> fixture.backend().check(account))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(outcomes.waits()).as("offers on an account that cannot send").isEmpty();
  }

  @Test
  default void releaseShouldBeHarmlessWheneverItIsCalled() throws Exception {
    try (BackendFixture fixture = testee()) {
      UUID id = fixture.account().id();
      fixture.backend().release(UUID.randomUUID());
      fixture.backend().release(id);
      List<OutboundMessage> messages = messages(fixture, 2);
      RecordingOutcomes outcomes = new RecordingOutcomes();
      fixture.backend().send(fixture.account(), new ListSource(messages.subList(0, 1)), outcomes);
      fixture.backend().release(id);
      fixture.backend().release(id);
      fixture.backend().send(fixture.account(), new ListSource(messages.subList(1, 2)), outcomes);
      assertWhole(outcomes, messages);
      assertThat(fixture.received()).containsExactlyInAnyOrderElementsOf(recipients(messages));
    }
  }
}
