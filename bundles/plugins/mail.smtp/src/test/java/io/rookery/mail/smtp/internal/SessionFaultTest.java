// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.plugin.EgressRefusedException;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.RecordingOutcomes;
import io.rookery.testkit.mail.SmtpStage;
import io.rookery.testkit.mail.SmtpStep;
import io.rookery.testkit.mail.TestMessages;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong before there is a message. */
@Timeout(30)
class SessionFaultTest {

  private static final String SECRET_BANNER = "redis says hello";

  @ParameterizedTest
  @CsvSource({
    "GREETING, 554 5.3.2 redis says hello, CONNECTION",
    "GREETING, 421 4.3.2 redis says hello, THROTTLED",
    "GREETING, -ERR redis says hello, CONNECTION",
    "EHLO, 421 4.3.2 busy, THROTTLED",
    "EHLO, 451 4.3.0 busy, CONNECTION",
    "EHLO, 999 hm, CONNECTION",
  })
  void refusalBeforeMailShouldFailTheAccount(SmtpStage stage, String reply, Kind kind) {
    try (Rig rig = new Rig()) {
      rig.server.always(stage, SmtpStep.reply(reply));
      assertFails(rig, kind);
      assertThat(rig.outcomes.waits()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"554", "421", "200", "-ERR", "SSH-2.0-OpenSSH"})
  void whatAPeerSaysInsteadOfAGreetingShouldNeverBeShown(String start) {
    try (Rig rig = new Rig()) {
      rig.server.always(SmtpStage.GREETING, SmtpStep.reply(start + " " + SECRET_BANNER));
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(() -> rig.backend.check(rig.account))
          .satisfies(e -> assertThat(e).hasMessageNotContaining("redis"))
          .satisfies(e -> assertThat(String.valueOf(e.reply())).doesNotContain("redis"))
          .satisfies(
              e ->
                  assertThat(e.getCause() == null ? "" : e.getCause().toString())
                      .doesNotContain("redis"));
    }
  }

  @Test
  void dropAtTheGreetingShouldFailTheAccount() {
    try (Rig rig = new Rig()) {
      rig.server.always(SmtpStage.GREETING, SmtpStep.drop());
      assertFails(rig, Kind.CONNECTION);
    }
  }

  @Test
  void silenceShouldEndWithTheTimeout() {
    CountDownLatch never = new CountDownLatch(1);
    try (Rig rig =
        new Rig((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofMillis(300))) {
      rig.server.always(SmtpStage.GREETING, SmtpStep.after(never, SmtpStep.usual()));
      assertKind(() -> rig.send(TestMessages.some(1)), Kind.CONNECTION);
    } finally {
      never.countDown();
    }
  }

  @Test
  void endlessDribbleShouldEndWithTheTimeoutToo() {
    try (Rig rig =
        new Rig((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofMillis(300))) {
      rig.server.always(
          SmtpStage.EHLO,
          peer -> {
            while (true) {
              peer.raw(new byte[] {'2'});
              new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
            }
          });
      assertKind(() -> rig.send(TestMessages.some(1)), Kind.CONNECTION);
    }
  }

  @Test
  void heloShouldDoWhereEhloIsUnknown() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.always(SmtpStage.EHLO, SmtpStep.reply("502 5.5.1 What?"));
      rig.send(TestMessages.some(2));
      assertThat(rig.server.received()).hasSize(2);
      assertThat(rig.server.verbs()).startsWith("EHLO", "HELO", "MAIL", "RCPT", "DATA");
      assertThat(rig.server.commands()).noneMatch(command -> command.followed());
    }
  }

  @Test
  void dribbledRepliesShouldBeUnderstood() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.dribbling();
      rig.send(TestMessages.some(3));
      assertThat(rig.server.received()).hasSize(3);
    }
  }

  @Test
  void refusedEgressShouldBeAMatterOfSettings() {
    assertEgressFails(new EgressRefusedException("not allowed"), Kind.CONFIGURATION);
  }

  @Test
  void unknownHostShouldBeAMatterOfTheConnection() {
    assertEgressFails(new UnknownHostException("x"), Kind.CONNECTION);
  }

  private static void assertEgressFails(IOException failure, Kind kind) {
    DirectEgress egress = new DirectEgress();
    egress.failWith(failure);
    SmtpBackend backend = new SmtpBackend(egress);
    RecordingOutcomes outcomes = new RecordingOutcomes();
    try {
      assertKind(
          () ->
              backend.send(
                  Accounts.on(25),
                  new ListSource(List.of(TestMessages.to("a@b.example"))),
                  outcomes),
          kind);
      assertThat(outcomes.waits()).isEmpty();
    } finally {
      backend.close();
    }
  }

  private static void assertFails(Rig rig, Kind kind) {
    assertKind(() -> rig.send(TestMessages.some(1)), kind);
    assertKind(() -> rig.backend.check(rig.account), kind);
  }

  private static void assertKind(ThrowableAssert.ThrowingCallable call, Kind kind) {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(call)
        .asInstanceOf(throwable(BackendException.class))
        .extracting(BackendException::kind)
        .isEqualTo(kind);
  }
}
