// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.DomainService.DomainTrust;
import io.rookery.api.mailboxes.LinkHost;
import io.rookery.api.mailboxes.LinkHost.State;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.mailboxes.internal.FixedKeys;
import io.rookery.mailboxes.internal.dns.RecordType;
import io.rookery.mailboxes.internal.domain.DomainFixture;
import io.rookery.mailboxes.internal.domain.DomainPlatform;
import io.rookery.mailboxes.internal.domain.PublicAddress;
import io.rookery.mailboxes.internal.oauth.GuardedHttps;
import io.rookery.mailboxes.internal.reach.ProofToken;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.TestCertificate;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Link hosts, with name servers and a host that a test plays. */
class LinkHostsTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private static final String HOST = "links.heron.example";
  private static final TestCertificate CERTIFICATE = TestCertificate.forHost(HOST);

  private final DomainFixture domains = new DomainFixture(DATABASE);
  private final TenantContext tenant = DATABASE.tenant();
  private final TenantContext stranger = DATABASE.tenant();
  private List<DomainTrust> trusted = List.of();
  private HttpsServer server;
  private GuardedHttps https;
  private LinkHostsImpl hosts;
  private String url;
  private int questions;
  private boolean answersWrongly;
  private boolean changesHost;

  @BeforeEach
  void serve() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(CERTIFICATE.server()));
    server.createContext("/", this::answer);
    server.start();
    url = "https://links.op.example:" + server.getAddress().getPort();
    EgressGuard guard = there -> new DirectEgress().connect(onThisMachine(there));
    https = new GuardedHttps(guard, CERTIFICATE.client(), Duration.ofSeconds(10));
    hosts =
        new LinkHostsImpl(
            new LinkHostsImpl.Neighbours(
                DATABASE.transactions(),
                (tx, appended) -> domains.events.addAll(appended),
                trust(),
                DomainPlatform.of(DomainFixture.SETTINGS, domains.dns),
                PublicAddress.of(url),
                new FixedKeys()),
            https,
            domains.clock);
  }

  /** Hosts of former tests are due as well, and are hosts of other tenants. */
  @BeforeEach
  void forget() throws Exception {
    try (Connection owner = DATABASE.owner();
        Statement delete = owner.createStatement()) {
      delete.executeUpdate("delete from tenant.link_host");
    }
  }

  private static Destination onThisMachine(Destination there) {
    return new Destination(there.protocol(), "127.0.0.1", there.port(), there.timeout());
  }

  private DomainService trust() {
    return (DomainService)
        Proxy.newProxyInstance(
            DomainService.class.getClassLoader(),
            new Class<?>[] {DomainService.class},
            (proxy, method, arguments) -> trusted);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      questions++;
      String token = exchange.getRequestURI().getPath().substring(LinkProbe.PATH.length());
      String host = changesHost ? "mail.op.example" : exchange.getRequestHeaders().getFirst("Host");
      Optional<String> proof = hosts.prove(token, host);
      byte[] body =
          (answersWrongly ? "something else" : proof.orElse(""))
              .getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(proof.isPresent() ? 200 : 404, body.length == 0 ? -1 : 0);
      exchange.getResponseBody().write(body);
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
    https.close();
  }

  private SendingDomain verifiedDomain(TenantContext context) {
    domains.dns.without(HOST, RecordType.CNAME).with(HOST, RecordType.CNAME, "links.op.example");
    return domains.verified(context, "heron.example");
  }

  private LinkHost only(TenantContext context) {
    List<LinkHost> all = hosts.list(context);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private String base() {
    return "https://" + HOST + url.substring(url.lastIndexOf(':'));
  }

  @Test
  void aHostShouldBeUsedOnceItsDomainIsVerifiedItLeadsHereAndARequestCameBack() throws Exception {
    SendingDomain domain = domains.service.create(tenant, "heron.example");
    hosts.run();
    assertThat(only(tenant).state()).isEqualTo(State.PENDING);
    assertThat(only(tenant).trouble()).isEqualTo("Its domain is not verified");
    domains.dns.with(HOST, RecordType.CNAME, "links.op.example");
    domains.clock.pass(Duration.ofDays(2));
    hosts.run();
    assertThat(questions).as("nothing is asked for a domain that may be anybody's").isZero();
    assertThat(hosts.admits(HOST)).isFalse();
    assertThat(hosts.address(tenant, "heron.example")).isEmpty();

    domains.publish(domain);
    domains.service.verify(tenant, domain.id());
    hosts.run();
    assertThat(questions).isEqualTo(1);
    assertThat(only(tenant).state()).isEqualTo(State.VERIFIED);
    assertThat(only(tenant).trouble()).isNull();
    assertThat(hosts.address(tenant, "heron.example")).contains(base());
    assertThat(hosts.address(tenant, "news.Heron.example")).contains(base());
    assertThat(hosts.address(tenant, "other.example")).isEmpty();
    assertThat(hosts.address(stranger, "heron.example")).isEmpty();
    assertThat(domains.eventTypes()).containsOnlyOnce(DomainLinks.VERIFIED);
    hosts.run();
    assertThat(questions).isEqualTo(1);
  }

  @Test
  void aHostWhoseRequestsDoNotComeBackShouldGetACertificateButNoLinks() throws Exception {
    answersWrongly = true;
    verifiedDomain(tenant);
    hosts.run();
    assertThat(only(tenant).trouble())
        .isEqualTo("What answers there by HTTPS is not this platform");
    assertThat(hosts.address(tenant, "heron.example")).isEmpty();
    assertThat(hosts.admits(HOST)).isTrue();
    assertThat(hosts.admitted()).contains("links.op.example", HOST);

    answersWrongly = false;
    changesHost = true;
    domains.clock.pass(Duration.ofMinutes(3));
    hosts.run();
    assertThat(only(tenant).trouble()).isEqualTo("By HTTPS it answers with status 404");
    server.stop(0);
    domains.clock.pass(Duration.ofDays(1));
    hosts.run();
    assertThat(only(tenant).trouble()).startsWith("It cannot be reached by HTTPS: ");
    assertThat(only(tenant).state()).isEqualTo(State.PENDING);
  }

  @Test
  void whereTheRecordsLeadElsewhereNoMoreLinksShouldBeMade() throws Exception {
    verifiedDomain(tenant);
    hosts.run();
    Instant made = domains.clock.instant();
    domains.dns.failing(HOST);
    domains.clock.pass(Duration.ofHours(7));
    hosts.run();
    assertThat(hosts.address(tenant, "heron.example")).as("silent servers say nothing").isPresent();
    domains.dns.mended().without(HOST, RecordType.CNAME);
    domains.dns.with(HOST, RecordType.CNAME, "elsewhere.example");
    domains.clock.pass(Duration.ofHours(2));
    hosts.run();
    assertThat(hosts.address(tenant, "heron.example")).isEmpty();
    assertThat(hosts.admits(HOST)).isFalse();
    assertThat(only(tenant).state()).isEqualTo(State.FAILING);
    assertThat(domains.eventTypes()).containsOnlyOnce(DomainLinks.FAILING);
    assertThat(hosts.serves(tenant, HOST, made)).isTrue();
    assertThat(hosts.serves(tenant, HOST, domains.clock.instant())).isFalse();
  }

  @Test
  void oneRequestThatIsLostShouldNotEndLinks() throws Exception {
    verifiedDomain(tenant);
    hosts.run();
    answersWrongly = true;
    domains.clock.pass(Duration.ofHours(7));
    hosts.run();
    assertThat(hosts.address(tenant, "heron.example")).isPresent();
    domains.clock.pass(Duration.ofMinutes(11));
    hosts.run();
    assertThat(hosts.address(tenant, "heron.example")).isEmpty();
    answersWrongly = false;
    domains.clock.pass(Duration.ofHours(1));
    hosts.run();
    assertThat(hosts.address(tenant, "heron.example")).isPresent();
  }

  @Test
  void mailShouldKeepItsLinksWhenItsDomainIsGone() throws Exception {
    SendingDomain domain = verifiedDomain(tenant);
    hosts.run();
    Instant made = domains.clock.instant();
    domains.clock.pass(Duration.ofMinutes(1));
    domains.service.delete(tenant, domain.id());
    assertThat(hosts.address(tenant, "heron.example")).isEmpty();
    assertThat(hosts.serves(tenant, HOST, made)).isTrue();
    assertThat(hosts.serves(tenant, HOST, domains.clock.instant())).isFalse();
    hosts.run();
    assertThat(hosts.admits(HOST)).as("its certificate is renewed").isTrue();
    assertThat(only(tenant).state()).isEqualTo(State.FAILING);

    verifiedDomain(tenant);
    hosts.run();
    assertThat(only(tenant).state()).isEqualTo(State.VERIFIED);
  }

  @Test
  void aDomainThatFailsShouldTakeItsHostWithIt() throws Exception {
    SendingDomain domain = verifiedDomain(tenant);
    hosts.run();
    domain.selectors().forEach(selector -> domains.unpublish(domain, selector));
    domains.service.verify(tenant, domain.id());
    assertThat(hosts.address(tenant, "heron.example")).isPresent();
    domains.clock.pass(Duration.ofHours(2));
    domains.service.verify(tenant, domain.id());
    assertThat(hosts.address(tenant, "heron.example")).isEmpty();
    assertThat(domains.eventTypes()).contains("domain.failing", DomainLinks.FAILING);
  }

  @Test
  void aHostShouldServeItsTenantsAndThePublicOneEverybody() throws Exception {
    verifiedDomain(tenant);
    hosts.run();
    Instant now = domains.clock.instant();
    for (String own : new String[] {HOST, "LINKS.heron.example.", HOST + ":8443"}) {
      assertThat(hosts.serves(tenant, own, now)).as(own).isTrue();
      assertThat(hosts.serves(stranger, own, now)).as(own).isFalse();
    }
    for (String all :
        new String[] {"links.op.example", "Links.Op.example:443", "127.0.0.1:8181", "[::1]:1"}) {
      assertThat(hosts.serves(tenant, all, now)).as(all).isTrue();
      assertThat(hosts.serves(stranger, all, now)).as(all).isTrue();
    }
    for (String none :
        new String[] {
          null,
          "",
          ".",
          "x",
          "heron.example",
          HOST + ".evil.example",
          "evil.example/" + HOST,
          HOST + "\u0000",
          HOST + "@evil.example",
          "links.op.example:443:443",
          "a".repeat(300)
        }) {
      assertThat(hosts.serves(tenant, none, now)).as(none).isFalse();
    }

    verifiedDomain(stranger);
    hosts.run();
    assertThat(hosts.serves(stranger, HOST, now)).as("it has the domain, too").isTrue();
  }

  @Test
  void mailOfATrustedDomainShouldHaveItsLinksUnderThePublicAddress() throws Exception {
    trusted = List.of(new DomainTrust(Uuids.next(), "relay.example", "ann", Instant.EPOCH));
    assertThat(hosts.address(tenant, "news.relay.example")).contains(url);
    assertThat(hosts.address(tenant, "heron.example")).isEmpty();
    assertThat(hosts.address(tenant, "no domain")).isEmpty();
  }

  @Test
  void onlyOwnQuestionsOfThatHostShouldBeAnswered() {
    FixedKeys keys = new FixedKeys();
    LinkProbe probe = new LinkProbe(keys, https, -1, domains.clock);
    ProofToken tokens = new ProofToken(keys, "https://" + HOST);
    String token = tokens.make(domains.clock.instant());
    assertThat(probe.answer(token, HOST)).contains(tokens.answer(token));
    assertThat(probe.answer(token, "other.example")).isEmpty();
    assertThat(probe.answer(token + "A", HOST)).isEmpty();
    domains.clock.pass(Duration.ofMinutes(11));
    assertThat(probe.answer(token, HOST)).isEmpty();
  }

  @Test
  void namesThatAreNobodysShouldHaveNoCertificate() {
    for (String name :
        new String[] {
          "other.example",
          "127.0.0.1",
          "localhost",
          "*.heron.example",
          "links.op.example:443",
          "",
          "evil.example\r\nx",
          "[::1]"
        }) {
      assertThat(hosts.admits(name)).as(name).isFalse();
    }
    assertThat(hosts.admits("LINKS.op.example")).isTrue();
  }
}
