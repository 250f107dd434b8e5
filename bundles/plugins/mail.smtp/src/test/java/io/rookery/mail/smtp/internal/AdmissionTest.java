// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.Uuids;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.RawMessage;
import io.rookery.spi.mail.Reply;
import io.rookery.testkit.mail.TestMessages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is written, and what is told to the server. */
@Timeout(30)
class AdmissionTest {

  private static RawMessage message(String sender, String recipient, boolean eightBit) {
    byte[] content = "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);
    return new RawMessage(Uuids.next(), sender, List.of(recipient), content, eightBit);
  }

  private static void assertRejected(Rig rig, RawMessage message, String code) throws Exception {
    RawMessage other = TestMessages.to("other@r.example");
    rig.send(message, other);
    Reply reply = rig.outcomes.first(message.id()).reply();
    assertThat(rig.outcomes.first(message.id()).status()).isEqualTo(Status.REJECTED);
    assertThat(reply.enhancedCode()).isEqualTo(code);
    assertThat(reply.code()).isZero();
    assertThat(rig.outcomes.first(other.id()).status()).isEqualTo(Status.ACCEPTED);
    assertThat(rig.server.verbs().stream().filter("MAIL"::equals)).hasSize(1);
  }

  @Test
  void eightBitShouldBeRejectedWhereItIsNotTaken() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.extensions("PIPELINING");
      assertRejected(rig, message("a@b.example", "c@d.example", true), "5.6.3");
    }
  }

  @Test
  void internationalAddressesShouldBeRejectedWhereTheyAreNotTaken() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.extensions("PIPELINING", "8BITMIME");
      assertRejected(rig, message("a@b.example", "jürgen@d.example", false), "5.6.7");
    }
    try (Rig rig = new Rig()) {
      rig.server.extensions("8BITMIME");
      assertRejected(rig, message("jürgen@b.example", "c@d.example", false), "5.6.7");
    }
  }

  @Test
  void internationalAddressesShouldBeSentWhereTheyAreTaken() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(message("a@b.example", "用户@xn--fiqs8s.example", false));
      assertThat(rig.server.received().get(0).recipients())
          .containsExactly("用户@xn--fiqs8s.example");
      assertThat(rig.server.received().get(0).mail())
          .contains(" SMTPUTF8")
          .contains("BODY=8BITMIME");
    }
  }

  @Test
  void aMessageThatIsTooLargeShouldBeRejected() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.extensions("SIZE 1000");
      assertRejected(rig, TestMessages.withBody("x".repeat(900)), "5.3.4");
    }
  }

  @Test
  void theServerShouldBeToldSizeAndNotificationId() throws Exception {
    try (Rig rig = new Rig()) {
      RawMessage message = message("", "c@d.example", false);
      rig.send(message);
      assertThat(rig.server.received().get(0).mail())
          .isEqualTo("MAIL FROM:<> SIZE=17 RET=HDRS ENVID=" + message.id());
    }
  }

  @Test
  void onlyTheRecipientThatCannotBeSentToShouldBeRejected() throws Exception {
    try (Rig rig = new Rig()) {
      RawMessage message = TestMessages.to(List.of("no address", "a@r.example", "b@r.example>"));
      rig.send(message);
      assertThat(rig.outcomes.outcome(message.id()).orElseThrow().recipients())
          .extracting("status")
          .containsExactly(Status.REJECTED, Status.ACCEPTED, Status.REJECTED);
      assertThat(rig.server.received().get(0).recipients()).containsExactly("a@r.example");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b.example",
        "a.b+c@d.example",
        "\"a b\"@c.example",
        "\"a\\\"@b\"@c.example",
        "a@[192.0.2.1]",
        "ü@b.example"
      })
  void addressesShouldBeSafe(String address) {
    assertThat(Addresses.isSafe(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a@",
        "@b",
        "a",
        "a b@c",
        "a@b c",
        "a@b> SIZE=1",
        "<a@b>",
        "a>@b",
        "a@b,c@d",
        "\"a@b",
        "\"a\"b\"@c",
        "\"a\\\"@b",
        "a@b\u0085c",
        "a\u2028@b",
        "a@b\t",
        "\"a\r\n\"@b",
        "a@b@c"
      })
  void addressesShouldNotBeSafe(String address) {
    assertThat(Addresses.isSafe(address)).isFalse();
  }
}
