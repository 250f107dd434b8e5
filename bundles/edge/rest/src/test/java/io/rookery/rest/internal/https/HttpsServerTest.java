// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.certificates.ServerKey;
import io.rookery.api.certificates.ServerKeys;
import io.rookery.rest.internal.RestServers;
import io.rookery.rest.internal.filter.BodyLimits;
import io.rookery.rest.internal.filter.SourceAddresses;
import io.rookery.rest.internal.metrics.Metrics;
import io.rookery.rest.internal.resource.HealthResource;
import io.rookery.testkit.mail.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsServerTest {

  private static final String OWN = "mail.op.example";
  private static final String HOST = "links.heron.example";
  private static final Map<String, ServerKey> KEYS = new ConcurrentHashMap<>();
  private static Metrics metrics;
  private static RestServers servers;
  private static HttpsServer https;

  @BeforeAll
  static void start() throws Exception {
    KEYS.put(OWN, key(OWN));
    KEYS.put(HOST, key(HOST));
    ServerKeys keys = host -> Optional.ofNullable(KEYS.get(host));
    metrics = new Metrics();
    servers =
        new RestServers(
            new RestServers.Neighbours(() -> null, () -> null, () -> null),
            metrics,
            new BodyLimits(1 << 20, 1 << 20, 1 << 20),
            new SourceAddresses(),
            () -> true);
    servers.add(new HealthResource());
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    https = new HttpsServer(free, "https://mail.OP.example", keys, servers.bus());
    https.guard(servers.door());
  }

  @AfterAll
  static void stop() throws Exception {
    https.close();
    servers.close();
    metrics.close();
  }

  private static ServerKey key(String host) {
    TestCertificate certificate = TestCertificate.forHost(host);
    return new ServerKey(certificate.key(), List.of(certificate.certificate()));
  }

  /** Trusts everybody: the test itself looks what was shown. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static SSLSocket connect(String name, String protocol) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    Socket tcp = new Socket(InetAddress.getLoopbackAddress(), https.port());
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(tcp, "127.0.0.1", https.port(), true);
    socket.setSoTimeout(20_000);
    SSLParameters parameters = socket.getSSLParameters();
    if (name != null) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    parameters.setProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    boolean done = false;
    try {
      socket.startHandshake();
      done = true;
      return socket;
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  private static String get(String name, String host, String path) throws Exception {
    try (SSLSocket socket = connect(name, "TLSv1.3")) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void eachHostShouldShowItsOwnCertificate(String protocol) throws Exception {
    for (String host : List.of(OWN, HOST)) {
      try (SSLSocket socket = connect(host, protocol)) {
        assertThat(socket.getSession().getPeerCertificates()[0])
            .isEqualTo(KEYS.get(host).certificate());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whoAsksForAnotherHostOrNoneShouldGetNoCertificate(String protocol) {
    for (String name : new String[] {"evil.example", "heron.example", null}) {
      assertThatThrownBy(() -> connect(name, protocol).close()).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void oldTlsShouldBeRefused() {
    assertThatThrownBy(() -> connect(OWN, "TLSv1.1").close()).isInstanceOf(IOException.class);
  }

  @Test
  void aRenewedCertificateShouldBeShownToTheNextWhoCome() throws Exception {
    KEYS.put(HOST, key(HOST));
    try (SSLSocket socket = connect(HOST, "TLSv1.3")) {
      assertThat(socket.getSession().getPeerCertificates()[0])
          .isEqualTo(KEYS.get(HOST).certificate());
    }
  }

  @Test
  void theWholePlatformShouldBeShownAtItsOwnHostAndLinksAloneAtTenants() throws Exception {
    assertThat(get(OWN, OWN, "/health/live"))
        .startsWith("HTTP/1.1 200")
        .contains("Strict-Transport-Security: max-age=")
        .contains("live");
    assertThat(get(HOST, HOST, "/health/live"))
        .startsWith("HTTP/1.1 404")
        .contains("Strict-Transport-Security: max-age=")
        .contains("X-Content-Type-Options: nosniff");
    assertThat(get(HOST, HOST, "/api/v1/me")).startsWith("HTTP/1.1 404");
    assertThat(get(HOST, HOST, "/t/../health/live")).doesNotStartWith("HTTP/1.1 200");
    assertThat(get(HOST, HOST, "/t/%2e%2e/health/live")).doesNotStartWith("HTTP/1.1 200");
  }

  @Test
  void nothingShouldListTheServices() throws Exception {
    assertThat(get(OWN, OWN, "/services")).startsWith("HTTP/1.1 404");
  }

  @Test
  void theResourcesShouldOutliveAListener() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    new HttpsServer(free, "https://" + OWN, host -> Optional.empty(), servers.bus()).close();
    assertThat(get(OWN, OWN, "/health/live")).startsWith("HTTP/1.1 200");
  }

  @Test
  void aRequestForAnotherHostThanTheCertificatesShouldBeRefused() throws Exception {
    assertThat(get(HOST, OWN, "/health/live")).startsWith("HTTP/1.1 421");
    assertThat(get(OWN, HOST, "/t/c/x")).startsWith("HTTP/1.1 421");
  }
}
