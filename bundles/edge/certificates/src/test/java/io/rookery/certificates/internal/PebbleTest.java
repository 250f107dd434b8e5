// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.certificates.ServerKey;
import io.rookery.certificates.internal.CertificateUpkeep.Ordering;
import io.rookery.kernel.CommonErrors;
import io.rookery.persistence.test.TestDatabase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orders at a real authority, which looks whether hosts are ours as Let's Encrypt does. */
@Tag("peer")
@Timeout(180)
class PebbleTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("certificates");

  private static final String HOST = "links.heron.example";
  private static final String ELSEWHERE = "elsewhere.heron.example";

  private final MovableClock clock = new MovableClock();
  private final FakeHosts hosts = new FakeHosts();
  private final KeySecrets secrets = new KeySecrets(new MemorySecrets(), DATABASE::tenant);
  private final CertificateBook book = new CertificateBook(DATABASE.transactions(), secrets, clock);
  private TinyDns dns;
  private ChallengeListener listener;
  private PebbleServer pebble;
  private CertificateUpkeep upkeep;

  @BeforeEach
  void start() throws Exception {
    dns = new TinyDns();
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    listener = new ChallengeListener(DATABASE.transactions(), hosts, clock, free);
    pebble = PebbleServer.start(dns.port(), listener.port());
    AcmeSettings settings =
        new AcmeSettings(pebble.directory(), "hostmaster@op.example", true, pebble.trust());
    Authority authority =
        new AcmeAuthority(settings, () -> secrets.account(settings.directory().toString()));
    Orders orders = new Orders(DATABASE.transactions(), authority, secrets, clock);
    Ordering ordering = new Ordering(true, orders, new Turns(names -> Map.of()));
    upkeep = new CertificateUpkeep(DATABASE.transactions(), hosts, ordering, clock);
  }

  @AfterEach
  void stop() throws Exception {
    if (pebble != null) {
      pebble.close();
    }
    listener.close();
    dns.close();
  }

  @Test
  void aCertificateShouldBeGotShownAndRenewedAndRefusedForAHostThatIsNotOurs() throws Exception {
    hosts.admitted.add(HOST);
    upkeep.run();
    book.look();
    assertThat(upkeep.list()).extracting("trouble").containsOnlyNulls();
    assertThat(book.check().detail()).as("it lives for a week").doesNotContain("WARNING");
    ServerKey first = book.find(HOST).orElseThrow();
    assertThat(shown(first).getSubjectAlternativeNames().toString()).contains(HOST);

    upkeep.run();
    Instant renewal = upkeep.list().get(0).renewAt();
    assertThat(renewal).isBetween(Instant.now(), first.certificate().getNotAfter().toInstant());
    clock.move(Duration.between(clock.instant(), renewal).plusSeconds(1));
    upkeep.run();
    book.look();
    ServerKey second = book.find(HOST).orElseThrow();
    assertThat(second.certificate().getSerialNumber())
        .isNotEqualTo(first.certificate().getSerialNumber());
    assertThat(second.key()).isNotEqualTo(first.key());
    shown(second);

    assertThatThrownBy(() -> upkeep.renew("links.evil.example"))
        .hasFieldOrPropertyWithValue("code", CommonErrors.NOT_FOUND);
    upkeep.run();
    assertThat(pebble.log()).doesNotContain("evil.example");
  }

  @Test
  void aHostThatLeadsElsewhereShouldGetNoneAndBeLeftAloneForAWhile() throws Exception {
    hosts.admitted.add(ELSEWHERE);
    upkeep.run();
    assertThat(upkeep.list().stream().filter(row -> row.host().equals(ELSEWHERE)).toList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.notAfter()).isNull();
              assertThat(row.trouble())
                  .startsWith("The authority did not find the host to be ours");
              assertThat(row.nextTryAt()).isAfter(clock.instant().plusSeconds(500));
            });
    int before = pebble.log().length();
    upkeep.run();
    assertThat(pebble.log()).hasSize(before);
    book.look();
    assertThat(book.find(ELSEWHERE)).isEmpty();
  }

  /** Shakes hands as a client that checks the name and trusts Pebble's root alone. */
  private X509Certificate shown(ServerKey key) throws Exception {
    try (SSLServerSocket server =
        (SSLServerSocket)
            serving(key)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<Void> serving =
          new FutureTask<>(
              () -> {
                try (SSLSocket accepted = (SSLSocket) server.accept()) {
                  accepted.startHandshake();
                  accepted.getInputStream().read();
                }
                return null;
              });
      new Thread(serving, "pebble-test-server").start();
      try (SSLSocket socket =
          (SSLSocket)
              trusting(pebble.root())
                  .getSocketFactory()
                  .createSocket(
                      new java.net.Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()),
                      HOST,
                      server.getLocalPort(),
                      true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
      }
    }
  }

  private static SSLContext serving(ServerKey key) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    List<X509Certificate> chain = key.chain();
    store.setKeyEntry("server", key.key(), new char[0], chain.toArray(new X509Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trusting(X509Certificate root) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", root);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
