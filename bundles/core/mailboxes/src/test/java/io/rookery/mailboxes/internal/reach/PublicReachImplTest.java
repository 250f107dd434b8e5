// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.rookery.mailboxes.internal.FixedKeys;
import io.rookery.mailboxes.internal.MovableClock;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.testkit.mail.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublicReachImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private static final TestCertificate CERTIFICATE = TestCertificate.forHost("localhost");

  private final MovableClock clock = new MovableClock();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpsServer server;
  private PublicReachImpl reach;
  private PublicReachImpl receiver;
  private volatile String received;
  private volatile int status = 200;

  @BeforeEach
  void serve() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(CERTIFICATE.server()));
    server.createContext("/u/", this::answer);
    server.start();
    reach = reach("https://localhost:" + server.getAddress().getPort());
    receiver = reach("https://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private PublicReachImpl reach(String baseUrl) {
    HttpClient client = HttpClient.newBuilder().sslContext(CERTIFICATE.clientContext()).build();
    return new PublicReachImpl(DATABASE.transactions(), new FixedKeys(), baseUrl, client, clock);
  }

  /** Stands for another node behind the public address. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.incrementAndGet();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      received = path.substring("/u/".length());
      if (status == 200 && body.equals("List-Unsubscribe=One-Click")) {
        receiver.arrived(received, "localhost");
      }
      if (status == 302) {
        exchange.getResponseHeaders().add("Location", path);
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Test
  void aProofThatComesBackShouldHoldForADayAndBeRenewedBeforeThat() throws Exception {
    assertThat(reach.objection()).get().asString().contains("within 24 hours");
    reach.run();
    assertThat(reach.objection()).isEmpty();
    reach.run();
    assertThat(asked).hasValue(1);
    clock.move(Duration.ofMinutes(61));
    reach.run();
    assertThat(asked).hasValue(2);
    clock.move(Duration.ofHours(23));
    assertThat(reach.objection()).isEmpty();
    clock.move(Duration.ofHours(2));
    assertThat(reach.objection()).isPresent();
  }

  @Test
  void whatAnswersWithoutTakingItShouldProveNothing() throws Exception {
    receiver = reach("https://elsewhere.example");
    reach.run();
    assertThat(reach.objection()).isPresent();
    status = 302;
    reach.run();
    assertThat(asked).hasValue(2);
    server.stop(0);
    reach.run();
    assertThat(reach.objection()).isPresent();
  }

  @Test
  void onlyOwnProofsOfTheseMinutesShouldBeTaken() throws Exception {
    receiver = reach("https://elsewhere.example");
    reach.run();
    String genuine = received;
    char other = genuine.charAt(20) == 'A' ? 'B' : 'A';
    assertThat(reach.arrived(genuine.substring(0, 20) + other + genuine.substring(21), "localhost"))
        .isFalse();
    assertThat(reach.arrived("x".repeat(34), "localhost")).isFalse();
    assertThat(reach.arrived("../" + genuine.substring(3), "localhost")).isFalse();
    assertThat(reach.arrived("", "localhost")).isFalse();
    assertThat(reach.arrived(null, "localhost")).isFalse();
    assertThat(reach.arrived(genuine, "links.heron.example")).isFalse();
    assertThat(reach.arrived(genuine, null)).isFalse();
    clock.move(Duration.ofMinutes(11));
    assertThat(reach.arrived(genuine, "localhost")).isFalse();
    clock.move(Duration.ofMinutes(-11));
    assertThat(reach.arrived(genuine, "localhost")).isTrue();
    assertThat(reach.objection()).isEmpty();
  }

  @Test
  void anAddressWithoutTlsShouldBeRefusedWithTheReason() throws Exception {
    PublicReachImpl plain = reach("http://127.0.0.1:8181");
    plain.run();
    assertThat(asked).hasValue(0);
    assertThat(plain.objection())
        .isEqualTo(
            Optional.of(
                "public.base_url in etc/io.rookery.sending.cfg is no https address, which one-click"
                    + " unsubscribes need (RFC 8058)"));
  }
}
