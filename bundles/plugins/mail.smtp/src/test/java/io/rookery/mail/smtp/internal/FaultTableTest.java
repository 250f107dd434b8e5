// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static io.rookery.spi.mail.Outcome.Status.ACCEPTED;
import static io.rookery.spi.mail.Outcome.Status.DEFERRED;
import static io.rookery.spi.mail.Outcome.Status.IN_DOUBT;
import static io.rookery.spi.mail.Outcome.Status.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.RawMessage;
import io.rookery.testkit.mail.SmtpStage;
import io.rookery.testkit.mail.SmtpStep;
import io.rookery.testkit.mail.TestMessages;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stage of a session with every fault, with and without PIPELINING. */
@Timeout(30)
class FaultTableTest {

  private static final SmtpStep DEFER = SmtpStep.reply("451 4.3.0 Try later");
  private static final SmtpStep REJECT = SmtpStep.reply("550 5.7.1 Not for you");
  private static final SmtpStep CLOSE =
      peer -> {
        peer.reply("421 4.3.2 Shutting down");
        peer.drop();
      };

  /** Stage, fault, what becomes of the message; null where it must not even be offered. */
  private static Stream<Arguments> faults() {
    return Stream.of(
            row(SmtpStage.MAIL, DEFERRED, REJECTED, DEFERRED, DEFERRED, DEFERRED),
            row(SmtpStage.RCPT, DEFERRED, REJECTED, DEFERRED, DEFERRED, DEFERRED),
            row(SmtpStage.DATA, DEFERRED, REJECTED, DEFERRED, DEFERRED, DEFERRED),
            row(SmtpStage.CONTENT, DEFERRED, REJECTED, DEFERRED, IN_DOUBT, IN_DOUBT))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> row(SmtpStage stage, Status... results) {
    SmtpStep[] steps = {DEFER, REJECT, CLOSE, SmtpStep.drop(), SmtpStep.garbage()};
    String[] names = {"4xx", "5xx", "421", "drop", "garbage"};
    return Stream.of(true, false)
        .flatMap(
            pipelining ->
                Stream.iterate(0, i -> i < steps.length, i -> i + 1)
                    .map(
                        i ->
                            Arguments.of(
                                stage,
                                names[i],
                                pipelining,
                                new Fault(steps[i], results[i], i >= 2))));
  }

  private record Fault(SmtpStep step, Status expected, boolean endsConnection) {
    @Override
    public String toString() {
      return expected.name();
    }
  }

  @ParameterizedTest(name = "{0} {1} pipelining={2} → {3}")
  @MethodSource("faults")
  void faultInTheFirstMessage(SmtpStage stage, String name, boolean pipelining, Fault fault)
      throws Exception {
    try (Rig rig = rig(pipelining)) {
      rig.server.next(stage, fault.step());
      List<RawMessage> messages = TestMessages.some(3);
      Kind failure = sendQuietly(rig, messages);
      assertThat(rig.outcomes.first(messages.get(0).id()).status()).isEqualTo(fault.expected());
      assertThat(rig.outcomes.violations()).isEmpty();
      assertThat(rig.outcomes.outstanding()).isEmpty();
      if (fault.endsConnection()) {
        assertThat(failure).isEqualTo(name.equals("421") ? Kind.THROTTLED : Kind.CONNECTION);
      } else {
        assertThat(failure).isNull();
        assertThat(rig.outcomes.statuses()).containsExactly(fault.expected(), ACCEPTED, ACCEPTED);
        assertThat(rig.server.received()).hasSize(2);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} pipelining={2} → {3}")
  @MethodSource("faults")
  void faultInTheSecondMessage(SmtpStage stage, String name, boolean pipelining, Fault fault)
      throws Exception {
    try (Rig rig = rig(pipelining)) {
      rig.server.next(stage, SmtpStep.usual(), fault.step());
      List<RawMessage> messages = TestMessages.some(5);
      assertThat(sendQuietly(rig, messages)).as("a connection that worked is replaced").isNull();
      assertThat(rig.outcomes.violations()).isEmpty();
      assertThat(rig.outcomes.first(messages.get(0).id()).status()).isEqualTo(ACCEPTED);
      assertThat(rig.outcomes.first(messages.get(1).id()).status()).isEqualTo(fault.expected());
      assertThat(rig.outcomes.first(messages.get(4).id()).status()).isEqualTo(ACCEPTED);
      // What was on its way behind the fault was never more than commands: it is not in doubt.
      assertThat(rig.outcomes.first(messages.get(2).id()).status()).isIn(ACCEPTED, DEFERRED);
      long accepted = rig.outcomes.statuses().stream().filter(ACCEPTED::equals).count();
      assertThat(rig.server.received()).hasSize((int) accepted);
    }
  }

  private static Rig rig(boolean pipelining) {
    Rig rig = new Rig();
    if (!pipelining) {
      rig.server.extensions("8BITMIME", "SIZE");
    }
    return rig;
  }

  private static Kind sendQuietly(Rig rig, List<RawMessage> messages) throws InterruptedException {
    try {
      rig.send(messages);
      return null;
    } catch (BackendException e) {
      return e.kind();
    }
  }
}
