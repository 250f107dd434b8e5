// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.FixedKeys;
import io.rookery.sending.internal.returnpath.ReturnPathTokens;
import io.rookery.sending.internal.returnpath.ReturnPathTokens.Tail;
import io.rookery.sending.internal.returnpath.ReturnPathTokens.Token;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.RawMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stands in the envelopes of a turn. */
class ReturnPathLineTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Set<Capability> FREE =
      Set.of(Capability.RAW_MIME, Capability.FREE_ENVELOPE_SENDER);

  private static final String MAILBOX = "news@example.com";

  private final ReturnPathTokens tokens = new ReturnPathTokens(new FixedKeys());
  private SendingLine line;

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void eachMessageShouldHaveAReturnPathOfItsOwn() throws Exception {
    FakeBackend backend = new FakeBackend();
    backend.capabilities = FREE;
    LineFixture fixture = sent(backend, "bounces.example.com");

    assertThat(backend.messages).extracting(RawMessage::envelopeSender).doesNotHaveDuplicates();
    for (RawMessage message : backend.messages) {
      String[] sender = message.envelopeSender().split("@");
      assertThat(sender[1]).isEqualTo("bounces.example.com");
      assertThat(tokens.read(sender[0]))
          .contains(new Token(Tail.of(fixture.context.tenantId()), message.id()));
    }
  }

  @Test
  void withoutADomainThatIsRightTheMailboxShouldStandThere() throws Exception {
    FakeBackend backend = new FakeBackend();
    backend.capabilities = FREE;
    sent(backend, null);

    assertThat(backend.messages).extracting(RawMessage::envelopeSender).containsOnly(MAILBOX);
  }

  @Test
  void aBackendThatBindsTheEnvelopeShouldGetTheMailbox() throws Exception {
    FakeBackend backend = new FakeBackend();
    sent(backend, "bounces.example.com");

    assertThat(backend.messages).extracting(RawMessage::envelopeSender).containsOnly(MAILBOX);
  }

  @Test
  void anAccountThatIsBoundShouldGetTheMailboxWhateverItsBackendCan() throws Exception {
    FakeBackend backend =
        new FakeBackend() {
          @Override
          public Set<Capability> capabilities(Account account) {
            return Set.of(Capability.RAW_MIME);
          }
        };
    backend.capabilities = FREE;
    sent(backend, "bounces.example.com");

    assertThat(backend.messages).extracting(RawMessage::envelopeSender).containsOnly(MAILBOX);
  }

  private LineFixture sent(FakeBackend backend, String host) throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.returnPathHost = host;
    fixture.queue(4);
    line = fixture.line(DATABASE.leases(), backend);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(fixture.states()).isEqualTo(Map.of("accepted", 4)));
    return fixture;
  }
}
