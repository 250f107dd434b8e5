// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.HostKey;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Destination;
import io.rookery.testkit.mail.DirectEgress;
import java.io.IOException;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host that lets somebody in, asks and asks, and does not listen to the answers. */
@Timeout(120)
class DeafHostTest {

  private static final int QUESTIONS = 50_000;
  private static final int SMALL = 8 * 1024;

  private static Socket connect(Destination destination) throws IOException {
    Socket socket = new DirectEgress().connect(destination);
    socket.setSendBufferSize(SMALL);
    return socket;
  }

  /** Asks what wants an answer each time (RFC 4254 §4). */
  private static void ask(AbstractSession session) throws IOException {
    session.getIoSession().suspendRead();
    for (int i = 0; i < QUESTIONS; i++) {
      Buffer question = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST, 64);
      question.putString("anything@example");
      question.putBoolean(true);
      session.writePacket(question);
    }
  }

  private static boolean isAReaderStuck() {
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      if (each.getKey().getName().startsWith("rookery-ssh-")
          && Stream.of(each.getValue())
              .anyMatch(
                  it ->
                      it.getClassName().equals(SocketSession.class.getName())
                          && it.getMethodName().equals("writeBuffer"))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aHostThatDoesNotListenShouldHoldNobodyForEver() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair hostKey = generator.generateKeyPair();
    SshLogin login = SshLogin.by("somebody", generator.generateKeyPair());
    Duration limit = Duration.ofSeconds(8);
    SshDoor door = new SshDoor(DeafHostTest::connect, Duration.ofSeconds(20), limit);
    try (SshServer server = SshServer.setUpDefaultServer()) {
      server.setHost("127.0.0.1");
      server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
      server.setPublickeyAuthenticator((user, key, session) -> true);
      CoreModuleProperties.SOCKET_RCVBUF.set(server, SMALL);
      server.start();
      HostKey pinned = HostKeys.of(hostKey.getPublic());
      SshLine line = door.signIn(new SshTarget("127.0.0.1", server.getPort(), pinned), login);
      ask(server.getActiveSessions().get(0));
      await().atMost(Duration.ofSeconds(30)).until(DeafHostTest::isAReaderStuck);
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () ->
              assertThatExceptionOfType(RookeryException.class)
                  .isThrownBy(() -> line.run("exit 0"))
                  .satisfies(e -> assertThat(e.code()).isEqualTo(HostErrors.UNREACHABLE)));
      line.close();
      await().atMost(Duration.ofSeconds(30)).until(() -> !isAReaderStuck());
    } finally {
      door.close();
    }
  }
}
