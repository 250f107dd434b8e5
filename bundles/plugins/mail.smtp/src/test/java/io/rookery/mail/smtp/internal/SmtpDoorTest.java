// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.egress.internal.EgressMatrix;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.RecordingOutcomes;
import io.rookery.testkit.mail.TestMessages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No setting of a mailbox leads into the platform's own network, and nobody is shown what services
 * that are no mail servers say. An import and the API check mailboxes by the same call.
 */
@Timeout(30)
class SmtpDoorTest {

  private static final SSLSocketFactory TLS = (SSLSocketFactory) SSLSocketFactory.getDefault();
  private static final Timeouts TIMEOUTS = Timeouts.all(Duration.ofSeconds(5));

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
  void noHostShouldLeadInside(String host) {
    SmtpBackend backend = new SmtpBackend(matrix.guard(), TLS, TIMEOUTS);
    RecordingOutcomes outcomes = new RecordingOutcomes();
    for (String security : List.of("none", "starttls", "tls")) {
      Account account = account(host, matrix.port(), security);
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(() -> backend.check(account))
          .satisfies(SmtpDoorTest::tellsNothing);
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(() -> backend.send(account, new ListSource(TestMessages.some(1)), outcomes))
          .satisfies(SmtpDoorTest::tellsNothing);
    }
    backend.close();

    assertThat(matrix.connections()).isZero();
    assertThat(outcomes.waits()).as("nothing was offered").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2 SECRET-OF-THE-HOUSE\r\n",
        "HTTP/1.1 400 SECRET-OF-THE-HOUSE\r\n\r\n",
        "-ERR SECRET-OF-THE-HOUSE\r\n",
        "* OK SECRET-OF-THE-HOUSE IMAP4rev1\r\n",
        "+OK SECRET-OF-THE-HOUSE POP3\r\n",
        "554 SECRET-OF-THE-HOUSE\r\n",
        "421 SECRET-OF-THE-HOUSE\r\n",
        "220-SECRET-OF-THE-HOUSE\r\n",
        "22 SECRET-OF-THE-HOUSE\r\n",
        "SECRET-OF-THE-HOUSE"
      })
  void whatAnotherServiceSaysShouldNotBeShown(String banner) throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      Thread greeter = new Thread(() -> greet(server, banner));
      greeter.start();
      SmtpBackend backend = new SmtpBackend(new DirectEgress(), TLS, TIMEOUTS);
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(() -> backend.check(account("localhost", server.getLocalPort(), "none")))
          .satisfies(SmtpDoorTest::tellsNothing);
      backend.close();
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

  private static void tellsNothing(BackendException e) {
    String said = EgressMatrix.words(e) + (e.reply() == null ? "" : e.reply());
    assertThat(said).doesNotContain("SECRET-OF-THE-HOUSE").doesNotContain("inner-host");
  }

  private static Account account(String host, int port, String security) {
    Map<String, String> settings =
        Map.of("host", host, "port", Integer.toString(port), "security", security);
    return new Account(
        UUID.randomUUID(), UUID.randomUUID(), "a@rookery.example", settings, Map.of(), 1);
  }
}
