// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.testkit.mail.SmtpStage;
import io.rookery.testkit.mail.SmtpStep;
import io.rookery.testkit.mail.TestMessages;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform stops a call that waits for a server. */
@Timeout(30)
class InterruptionTest {

  @ParameterizedTest
  @CsvSource({"MAIL, DEFERRED", "RCPT, DEFERRED", "DATA, DEFERRED", "CONTENT, IN_DOUBT"})
  void aCallThatWaitsShouldEndSoonWithItsMessageTold(SmtpStage stage, Status expected)
      throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Rig rig = new Rig()) {
      rig.server.always(stage, SmtpStep.after(never, SmtpStep.usual()));
      AtomicReference<Exception> thrown = new AtomicReference<>();
      Thread sender = new Thread(() -> thrown.set(send(rig)));
      sender.start();
      SmtpStage reached = stage == SmtpStage.CONTENT ? SmtpStage.DATA : stage;
      await().until(() -> rig.server.verbs().contains(reached.name()));
      sender.interrupt();
      await().atMost(Duration.ofSeconds(10)).until(() -> !sender.isAlive());
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      assertThat(rig.outcomes.statuses().get(0)).isEqualTo(expected);
      assertThat(rig.outcomes.outstanding()).isEmpty();
      assertThat(rig.outcomes.violations()).isEmpty();
    } finally {
      never.countDown();
    }
  }

  private static Exception send(Rig rig) {
    try {
      rig.send(TestMessages.some(2));
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  @Test
  void aReplyOnItsWayShouldStillBeHeard() throws Exception {
    try (Rig rig = new Rig()) {
      AtomicReference<Thread> sender = new AtomicReference<>();
      rig.server.next(
          SmtpStage.CONTENT,
          peer -> {
            sender.get().interrupt();
            peer.usual();
          });
      AtomicReference<Exception> thrown = new AtomicReference<>();
      Thread thread = new Thread(() -> thrown.set(send(rig)));
      sender.set(thread);
      thread.start();
      await().until(() -> !thread.isAlive());
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      assertThat(rig.outcomes.statuses()).isNotEmpty().containsOnly(Status.ACCEPTED);
    }
  }

  @Test
  void aSilentServerShouldLeaveTheMessageInDoubt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Rig rig =
        new Rig((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofMillis(400))) {
      rig.server.always(SmtpStage.CONTENT, SmtpStep.after(never, SmtpStep.usual()));
      Exception thrown = send(rig);
      assertThat(thrown).isInstanceOf(BackendException.class);
      assertThat(rig.outcomes.statuses().get(0)).isEqualTo(Status.IN_DOUBT);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aServerThatReadsNoMoreShouldNotHoldACallForEver() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Rig rig =
        new Rig((SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofMillis(400))) {
      rig.server.extensions("PIPELINING");
      rig.server.always(
          SmtpStage.DATA,
          peer -> {
            peer.reply("354 Go on");
            never.await();
          });
      Exception thrown = null;
      try {
        rig.send(TestMessages.withBody(("x".repeat(998) + "\n").repeat(20_000)));
      } catch (BackendException e) {
        thrown = e;
      }
      assertThat(thrown).isNotNull();
      assertThat(rig.outcomes.statuses())
          .as("its end was never written")
          .containsExactly(Status.DEFERRED);
    } finally {
      never.countDown();
    }
  }
}
