// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.RawMessage;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.RecordingOutcomes;
import io.rookery.testkit.mail.ScriptedSmtpServer.Command;
import io.rookery.testkit.mail.SmtpStage;
import io.rookery.testkit.mail.SmtpStep;
import io.rookery.testkit.mail.TestMessages;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups of commands (RFC 2920). */
@Timeout(30)
class PipeliningTest {

  @Test
  void commandsShouldGoOutTogetherWhereThatIsAnnounced() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(TestMessages.some(1));
      assertThat(rig.server.commands().stream().filter(Command::followed).map(Command::line))
          .hasSize(2)
          .first()
          .asString()
          .startsWith("MAIL FROM:<sender@rookery.example>");
    }
  }

  @Test
  void commandsShouldWaitForRepliesElsewhere() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.extensions("8BITMIME");
      rig.send(TestMessages.some(3));
      assertThat(rig.server.commands()).noneMatch(Command::followed);
      assertThat(rig.server.received()).hasSize(3);
    }
  }

  @Test
  void theNextMessageShouldBeOfferedWithoutWaitingWhileAReplyIsOutstanding() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(TestMessages.some(3));
      assertThat(rig.outcomes.waits()).hasSize(3);
      assertThat(rig.outcomes.waits().get(0)).isPositive();
      assertThat(rig.outcomes.waits().subList(1, 3)).containsOnly(Duration.ZERO);
      assertThat(rig.outcomes.violations()).isEmpty();
    }
  }

  @Test
  void withoutAFreeSlotTheReplyShouldBeReadFirst() throws Exception {
    try (Rig rig = new Rig()) {
      RecordingOutcomes one = new RecordingOutcomes(1);
      rig.backend.send(rig.account, new ListSource(TestMessages.some(4)), one);
      assertThat(one.statuses()).hasSize(4).containsOnly(Status.ACCEPTED);
      assertThat(one.violations()).isEmpty();
      assertThat(rig.server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aLoneDotShouldAnswerA354ThatNobodyAskedFor() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.next(SmtpStage.RCPT, SmtpStep.reply("550 5.1.1 Unknown"));
      rig.server.next(SmtpStage.DATA, SmtpStep.reply("354 Go on"));
      List<RawMessage> messages = TestMessages.some(2);
      rig.send(messages);
      assertThat(rig.outcomes.first(messages.get(0).id()).status()).isEqualTo(Status.REJECTED);
      assertThat(rig.outcomes.first(messages.get(1).id()).status()).isEqualTo(Status.ACCEPTED);
      assertThat(rig.server.received()).hasSize(2);
      assertThat(rig.server.received().get(0).content()).isEmpty();
    }
  }

  @Test
  void aRefusedTransactionShouldBeResetBeforeTheNext() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.next(SmtpStage.RCPT, SmtpStep.reply("450 4.2.0 Greylisted"));
      rig.send(TestMessages.some(2));
      assertThat(rig.outcomes.statuses()).containsExactly(Status.DEFERRED, Status.ACCEPTED);
      assertThat(rig.server.verbs())
          .containsExactly("EHLO", "MAIL", "RCPT", "DATA", "RSET", "MAIL", "RCPT", "DATA");
    }
  }

  @Test
  void eachRecipientShouldHaveItsOwnOutcome() throws Exception {
    for (String extension : List.of("PIPELINING", "HELP")) {
      try (Rig rig = new Rig()) {
        rig.server.extensions(extension);
        rig.server.next(
            SmtpStage.RCPT,
            SmtpStep.reply("550 5.1.1 Unknown"),
            SmtpStep.usual(),
            SmtpStep.reply("452 4.2.2 Full"));
        RawMessage message =
            TestMessages.to(List.of("a@r.example", "b@r.example", "c@r.example", "d@r.example"));
        rig.send(message);
        assertThat(rig.outcomes.outcome(message.id()).orElseThrow().recipients())
            .extracting("status")
            .containsExactly(Status.REJECTED, Status.ACCEPTED, Status.DEFERRED, Status.ACCEPTED);
        assertThat(rig.server.received().get(0).recipients())
            .containsExactly("b@r.example", "d@r.example");
      }
    }
  }

  @Test
  void manyRecipientsShouldGoLockStep() throws Exception {
    try (Rig rig = new Rig()) {
      List<String> recipients = IntStream.range(0, 150).mapToObj(i -> i + "@r.example").toList();
      rig.send(TestMessages.to(recipients), TestMessages.to("x@r.example"));
      assertThat(rig.server.received()).hasSize(2);
      assertThat(rig.server.received().get(0).recipients()).hasSize(150);
    }
  }
}
