// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rookery.api.hosts.HostCheck.State;
import io.rookery.egress.internal.EgressMatrix;
import io.rookery.testkit.mail.DirectEgress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class OutsideChecksTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final OutsideChecks checks = new OutsideChecks(new DirectEgress(), Duration.ofSeconds(5));

  @AfterEach
  void close() {
    checks.close();
  }

  /** A server that says one thing to everybody. */
  private static ServerSocket saying(String words) throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread talker =
        new Thread(
            () -> {
              try {
                while (true) {
                  try (Socket socket = server.accept()) {
                    socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
                  }
                }
              } catch (IOException e) {
                // The test is over.
              }
            });
    talker.start();
    return server;
  }

  @Test
  void aPortShouldBeOpenWhereSomebodyListens() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      assertThat(checks.port("127.0.0.1", port).state()).isEqualTo(State.OK);
    }
    assertThat(checks.port("127.0.0.1", port).code()).isEqualTo("closed");
  }

  @Test
  void theNameOfTheGreetingShouldBeReadAndNothingElse() throws Exception {
    try (ServerSocket server = saying("220 MX.Example ESMTP\r\n")) {
      assertThat(checks.greeting("127.0.0.1", server.getLocalPort())).contains("mx.example");
    }
    try (ServerSocket server = saying("220-mx.example first\r\n220 more\r\n")) {
      assertThat(checks.greeting("127.0.0.1", server.getLocalPort())).contains("mx.example");
    }
    try (ServerSocket server = saying("SSH-2.0-other\r\n")) {
      assertThat(checks.greeting("127.0.0.1", server.getLocalPort())).isEmpty();
      assertThat(checks.expiry("127.0.0.1", server.getLocalPort())).isEmpty();
    }
  }

  /** A server that begins well and then says an octet every now and then, for ever. */
  private static ServerSocket dripping(byte[] first, ScheduledExecutorService drips)
      throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread talker =
        new Thread(
            () -> {
              try {
                while (true) {
                  OutputStream out = server.accept().getOutputStream();
                  out.write(first);
                  drips.scheduleAtFixedRate(() -> drip(out), 0, 100, TimeUnit.MILLISECONDS);
                }
              } catch (IOException e) {
                // The test is over.
              }
            });
    talker.start();
    return server;
  }

  private static void drip(OutputStream out) {
    try {
      out.write('x');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // It drips no more.
    }
  }

  @Test
  void aHostThatSpeaksOctetByOctetShouldNotBeListenedToForEver() throws Exception {
    byte[] record = {22, 3, 3, 64, 0}; // The head of a TLS record of 16 kB (RFC 8446 §5.1).
    byte[] greeting = "220 mx.example".getBytes(StandardCharsets.US_ASCII);
    ScheduledExecutorService drips = Executors.newScheduledThreadPool(1);
    try (OutsideChecks hasty = new OutsideChecks(new DirectEgress(), Duration.ofMillis(800));
        ServerSocket mail = dripping(greeting, drips);
        ServerSocket tls = dripping(record, drips)) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            assertThat(hasty.greeting("127.0.0.1", mail.getLocalPort())).isEmpty();
            assertThat(hasty.expiry("127.0.0.1", tls.getLocalPort())).isEmpty();
          });
    } finally {
      drips.shutdownNow();
    }
  }

  @Test
  void certificatesShouldBeToldThirtySevenAndOneDayAhead() {
    assertThat(code(31)).isEqualTo("valid");
    assertThat(code(29)).isEqualTo("expires_30");
    assertThat(code(6)).isEqualTo("expires_7");
    assertThat(code(0.5)).isEqualTo("expires_1");
    assertThat(code(-1)).isEqualTo("expired");
  }

  private static String code(double days) {
    Instant expiry = NOON.plusSeconds(Math.round(days * 86400));
    return OutsideChecks.certificate(expiry, NOON).code();
  }

  @ParameterizedTest
  @MethodSource("io.rookery.egress.internal.EgressMatrix#hosts")
  void noAddressShouldLeadInside(String address) throws Exception {
    try (EgressMatrix matrix = new EgressMatrix()) {
      try (OutsideChecks guarded = new OutsideChecks(matrix.guard(), Duration.ofSeconds(5))) {
        assertThat(guarded.port(address, matrix.port()).state()).isNotEqualTo(State.OK);
        assertThat(guarded.greeting(address, matrix.port())).isEmpty();
        assertThat(guarded.expiry(address, matrix.port())).isEmpty();
      }
      assertThat(matrix.connections()).isZero();
    }
  }
}
