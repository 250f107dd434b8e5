// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.spi.plugin.EgressGuard;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.TestCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are whole, and many that are not. */
@Timeout(30)
class GuardedHttpsTest {

  private static HttpAnswer read(String wire) throws IOException {
    return HttpAnswer.read(new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200\r\ncontent-length:2\r\n\r\n{}and more",
        "HTTP/1.0 200 OK\r\n\r\n{}",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;x=y\r\n}\r\n0\r\n\r\n"
      })
  void anAnswerShouldBeReadHoweverItIsFramed(String wire) throws Exception {
    HttpAnswer answer = read(wire);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).asString().isEqualTo("{}");
    assertThat(answer.toString()).doesNotContain("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "220 mail.example ESMTP\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n"
      })
  void whatIsNoAnswerShouldBeRefusedWithoutAQuotation(String wire) {
    assertThatIOException()
        .isThrownBy(() -> read(wire))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("{}", "ESMTP", "zz"));
  }

  @Test
  void lengthsShouldBeBounded() {
    String head = "HTTP/1.1 200 OK\r\n";
    assertThatIOException().isThrownBy(() -> read(head + "x".repeat(10_000)));
    assertThatIOException().isThrownBy(() -> read(head + "a: b\r\n".repeat(101) + "\r\n"));
    assertThatIOException().isThrownBy(() -> read(head + "\r\n" + "x".repeat(65_537)));
  }

  @Test
  void aServerThatDribblesShouldBeCutInTime() throws Exception {
    TestCertificate certificate = TestCertificate.forHost("localhost");
    try (Dribbler server = new Dribbler(certificate);
        GuardedHttps https =
            new GuardedHttps(new DirectEgress(), certificate.client(), Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> https.post(server.address(), "a=b"))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessage("No whole answer came in time");
    }
  }

  /** A renewal is to end before its claim does, and connecting is a part of it. */
  @Test
  void theTimeThatConnectingTookShouldCount() throws Exception {
    TestCertificate certificate = TestCertificate.forHost("localhost");
    AtomicLong nanos = new AtomicLong();
    DirectEgress egress = new DirectEgress();
    EgressGuard slow =
        there -> {
          nanos.addAndGet(there.timeout().toNanos());
          return egress.connect(there);
        };
    try (Dribbler server = new Dribbler(certificate);
        GuardedHttps https =
            new GuardedHttps(slow, certificate.client(), Duration.ofHours(1), nanos::get)) {
      assertThatThrownBy(() -> https.post(server.address(), "a=b"))
          .isInstanceOf(InterruptedIOException.class);
    }
  }

  @Test
  void onlyACertificateThatIsTrustedAndForTheNameShouldGetTheSecret() throws Exception {
    TestCertificate unknown = TestCertificate.forHost("localhost");
    TestCertificate other = TestCertificate.forHost("other.example");
    try (Dribbler server = new Dribbler(unknown);
        Dribbler misnamed = new Dribbler(other);
        GuardedHttps https =
            new GuardedHttps(new DirectEgress(), other.client(), Duration.ofSeconds(10))) {
      assertThatThrownBy(() -> https.post(server.address(), "a=b"))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> https.post(misnamed.address(), "a=b"))
          .isInstanceOf(SSLException.class);
    }
  }

  /** Sends an answer that never ends, octet by octet, as fast as it is taken. */
  private static final class Dribbler implements AutoCloseable {
    private final SSLServerSocket listener;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    Dribbler(TestCertificate certificate) throws IOException {
      listener =
          (SSLServerSocket)
              certificate
                  .server()
                  .getServerSocketFactory()
                  .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
      thread.execute(this::serve);
    }

    URI address() {
      return URI.create("https://localhost:" + listener.getLocalPort() + "/token");
    }

    private void serve() {
      while (!listener.isClosed()) {
        try (Socket socket = listener.accept()) {
          OutputStream out = socket.getOutputStream();
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write("HTTP/1.1 102 Processing\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
          }
        } catch (IOException e) {
          // The client left, or the test is over.
        }
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      thread.shutdownNow();
    }
  }
}
