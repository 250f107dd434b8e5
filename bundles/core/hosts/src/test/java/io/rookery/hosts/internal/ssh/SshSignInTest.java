// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.HostKey;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.testkit.mail.DirectEgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key is refused where the host says so, and not where it says nothing. */
@Timeout(120)
class SshSignInTest {

  /** How many connections a door has threads for. */
  private static final int AT_A_TIME = 16;

  private final SshServer server = SshServer.setUpDefaultServer();
  private final CountDownLatch over = new CountDownLatch(1);
  private final SshDoor door = new SshDoor(new DirectEgress(), Duration.ofSeconds(12));
  private KeyPair hostKey;
  private SshLogin login;

  @BeforeEach
  void prepare() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    hostKey = generator.generateKeyPair();
    login = SshLogin.by("somebody", generator.generateKeyPair());
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
  }

  @AfterEach
  void stop() throws IOException {
    over.countDown();
    door.close();
    server.stop(true);
  }

  private SshTarget deciding(PublickeyAuthenticator authenticator) throws IOException {
    server.setPublickeyAuthenticator(authenticator);
    server.start();
    HostKey pinned = HostKeys.of(hostKey.getPublic());
    return new SshTarget("127.0.0.1", server.getPort(), pinned);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertFails(ErrorCode code, SshTarget target) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> door.signIn(target, login))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aKeyThatTheHostDoesNotTakeShouldBeRefused() throws Exception {
    assertFails(HostErrors.LOGIN_REFUSED, deciding((user, key, session) -> false));
  }

  @Test
  void aHostThatDoesNotDecideInTimeShouldNotHaveRefused() throws Exception {
    assertFails(
        HostErrors.UNREACHABLE,
        deciding(
            (user, key, session) -> {
              await(over);
              return false;
            }));
  }

  @Test
  void aHostThatEndsTheConnectionShouldNotHaveRefused() throws Exception {
    assertFails(
        HostErrors.UNREACHABLE,
        deciding(
            (user, key, session) -> {
              session.close(true);
              return false;
            }));
  }

  @Test
  void aHostThatSaysGoodbyeForAnotherReasonShouldNotHaveRefused() throws Exception {
    assertFails(
        HostErrors.UNREACHABLE,
        deciding(
            (user, key, session) -> {
              try {
                session.disconnect(11, "The host goes down"); // By application, RFC 4250 §4.2.2.
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return false;
            }));
  }

  @Test
  void whereTooManyAreTalkedToNoHostShouldBeToBlame() throws Exception {
    SshTarget target = deciding((user, key, session) -> true);
    List<SshLine> lines = new ArrayList<>();
    try {
      for (int i = 0; i < AT_A_TIME; i++) {
        lines.add(door.signIn(target, login));
      }
      assertFails(CommonErrors.UNAVAILABLE, target);
    } finally {
      lines.forEach(SshLine::close);
    }
  }

  @Test
  void aDoorThatIsShutShouldBlameNoHost() throws Exception {
    SshTarget target = deciding((user, key, session) -> true);
    door.close();
    assertFails(CommonErrors.UNAVAILABLE, target);
  }

  @Test
  void whoIsInterruptedShouldBlameNoHostAndKnowIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    SshTarget target =
        deciding(
            (user, key, session) -> {
              asked.countDown();
              await(over);
              return false;
            });
    AtomicReference<ErrorCode> code = new AtomicReference<>();
    AtomicBoolean known = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              try (SshLine line = door.signIn(target, login)) {
                known.set(line == null);
              } catch (RookeryException e) {
                code.set(e.code());
                known.set(Thread.interrupted());
              }
            });
    caller.start();
    asked.await();
    caller.interrupt();
    caller.join();
    assertThat(code).hasValue(CommonErrors.UNAVAILABLE);
    assertThat(known).isTrue();
  }
}
