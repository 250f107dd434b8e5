// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.dkim.Keys;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the line does with the keys of its tenants. */
class SignedLineTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(30);
  private static Keys keys;
  private final FakeBackend backend = new FakeBackend();
  private SendingLine line;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = new Keys();
  }

  @AfterEach
  void close() {
    if (line != null) {
      line.close();
    }
  }

  @Test
  void mailOfATenantWithKeysShouldGoOutSigned() throws Exception {
    LineFixture fixture = fixture(30);
    line = fixture.line(DATABASE.leases(), backend);
    awaitAccepted(fixture, 30);

    assertThat(backend.messages)
        .allMatch(m -> text(m).startsWith("DKIM-Signature: v=1; a=rsa-sha256; "))
        .allMatch(m -> text(m).contains("\r\nDKIM-Signature: v=1; a=ed25519-sha256; "))
        .allMatch(m -> unfolded(m).contains(":List-Unsubscribe:List-Unsubscribe-Post:List-Id:"));
  }

  @Test
  void mailOfATenantWithoutKeysForItsDomainShouldGoOutAsItIs() throws Exception {
    LineFixture fixture = fixture(5);
    fixture.keys = keys.of("other.example", "s");
    line = fixture.line(DATABASE.leases(), backend);
    awaitAccepted(fixture, 5);

    assertThat(backend.messages).allMatch(m -> text(m).startsWith("From: "));
  }

  @Test
  void aBackendThatSignsByItselfShouldGetMailUnsigned() throws Exception {
    LineFixture fixture = fixture(5);
    fixture.storeSealed = true;
    backend.capabilities = Set.of(Capability.RAW_MIME, Capability.SIGNS_DKIM);
    line = fixture.line(DATABASE.leases(), backend);
    awaitAccepted(fixture, 5);

    assertThat(backend.messages).allMatch(m -> text(m).startsWith("From: "));
  }

  @Test
  void whileTheStoreIsSealedALaneShouldRestAndLoseNothing() throws Exception {
    LineFixture fixture = fixture(40);
    fixture.storeSealed = true;
    line = fixture.line(DATABASE.leases(), backend);
    await().atMost(SOON).until(fixture::rests);
    assertThat(fixture.states()).isEqualTo(Map.of("due", 40));
    assertThat(backend.received).isEmpty();

    fixture.storeSealed = false;
    awaitAccepted(fixture, 40);
    assertThat(backend.messages).allMatch(m -> text(m).startsWith("DKIM-Signature: "));
  }

  @Test
  void aStoreThatIsSealedInTheMidstOfATurnShouldEndIt() throws Exception {
    LineFixture fixture = fixture(600);
    backend.gate.drainPermits();
    line = fixture.line(DATABASE.leases(), backend);
    trickleUntil(() -> backend.received.size() >= 10, SOON);

    fixture.storeSealed = true;
    trickleUntil(fixture::rests, Duration.ofSeconds(5));
    backend.gate.release(10_000);
    assertThat(fixture.states().get("due")).isGreaterThan(400);

    fixture.storeSealed = false;
    awaitAccepted(fixture, 600);
    assertThat(Collections.max(backend.received.values())).isEqualTo(1);
  }

  @Test
  void aKeyThatIsReplacedShouldSignNothingAfterFiveSeconds() throws Exception {
    LineFixture fixture = fixture(600);
    backend.gate.drainPermits();
    line = fixture.line(DATABASE.leases(), backend);
    trickleUntil(() -> backend.received.size() >= 10, SOON);

    fixture.keys = keys.of("example.com", "new");
    trickleUntil(() -> !signedWith("new").isEmpty(), Duration.ofSeconds(5));
    int before = signedWith("s").size();
    backend.gate.release(10_000);
    awaitAccepted(fixture, 600);
    assertThat(signedWith("s")).hasSize(before);
    assertThat(signedWith("new")).hasSize(600 - before);
  }

  private static LineFixture fixture(int messages) throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.keys = keys.of("example.com", "s");
    fixture.queue(messages);
    return fixture;
  }

  /** Lets one message through at a time until something holds. */
  private void trickleUntil(Callable<Boolean> condition, Duration atMost) {
    await()
        .atMost(atMost)
        .until(
            () -> {
              backend.gate.release();
              return condition.call();
            });
  }

  private List<RawMessage> signedWith(String selector) {
    return backend.messages.stream()
        .filter(m -> text(m).contains(" s=" + selector + "-r;"))
        .toList();
  }

  private static void awaitAccepted(LineFixture fixture, int count) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(fixture.states()).isEqualTo(Map.of("accepted", count)));
  }

  /** A list of names is folded behind a colon, where a blank means nothing. */
  private static String unfolded(RawMessage message) {
    return text(message).replace(":\r\n ", ":");
  }

  private static String text(RawMessage message) {
    return new String(message.content(), StandardCharsets.US_ASCII);
  }
}
