// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.hosts.HostKey;
import io.rookery.egress.internal.EgressMatrix;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Secret;
import io.rookery.testkit.mail.DirectEgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No address of a host leads into the platform's own network, and nobody is shown what services say
 * there that are no SSH servers, or what an SSH server calls itself.
 */
@Timeout(60)
class SshDoorTest {

  private static final SshLogin LOGIN = SshLogin.by("somebody", Secret.of("a password"));
  private static final HostKey PINNED = new HostKey("ssh-ed25519", "SHA256:" + "A".repeat(43));

  private static EgressMatrix matrix;

  @BeforeAll
  static void listen() throws Exception {
    matrix = new EgressMatrix();
  }

  @AfterAll
  static void close() throws Exception {
    matrix.close();
  }

  @ParameterizedTest
  @MethodSource("io.rookery.egress.internal.EgressMatrix#hosts")
  void noAddressShouldLeadInside(String address) {
    SshDoor door = new SshDoor(matrix.guard(), Duration.ofSeconds(5));
    SshTarget target = new SshTarget(address, matrix.port(), PINNED);
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> door.look(target, null))
        .satisfies(SshDoorTest::tellsNothing);
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> door.signIn(target, LOGIN))
        .satisfies(SshDoorTest::tellsNothing);
    door.close();
    assertThat(matrix.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "220 SECRET-OF-THE-HOUSE ESMTP\r\n",
        "HTTP/1.1 400 SECRET-OF-THE-HOUSE\r\n\r\n",
        "* OK SECRET-OF-THE-HOUSE IMAP4rev1\r\n",
        "SSH-2.0-OpenSSH_9.2 SECRET-OF-THE-HOUSE\r\n",
        "SSH-1.5-SECRET-OF-THE-HOUSE\r\n",
        "SECRET-OF-THE-HOUSE\r\nSSH-2.0-x\r\n",
        "SECRET-OF-THE-HOUSE"
      })
  void whatAnotherServiceSaysShouldNotBeShown(String banner) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread greeter = new Thread(() -> greet(server, banner));
      greeter.start();
      SshDoor door = new SshDoor(new DirectEgress(), Duration.ofSeconds(2));
      SshTarget target = new SshTarget("127.0.0.1", server.getLocalPort(), PINNED);
      assertThatExceptionOfType(RookeryException.class)
          .isThrownBy(() -> door.look(target, null))
          .satisfies(SshDoorTest::tellsNothing);
      door.close();
      greeter.join();
    }
  }

  private static void greet(ServerSocket server, String banner) {
    try (Socket caller = server.accept()) {
      caller.getOutputStream().write(banner.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tellsNothing(RookeryException e) {
    assertThat(e.getMessage())
        .doesNotContain("SECRET-OF-THE-HOUSE")
        .doesNotContain("inner-host")
        .isNotBlank();
  }
}
