// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.DkimKey.Algorithm;
import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.DnsAnswer;
import io.rookery.mailboxes.internal.dns.KnotServer;
import io.rookery.mailboxes.internal.dns.LiveDns;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The checks against Knot DNS, with a zone for each fault. */
@Tag("peer")
@Timeout(120)
class KnotTest {

  /** As long as the key of an RSA-2048, so that its record needs two strings. */
  private static final String KEY = "QUJD".repeat(98);

  private static final String HEAD =
      "$TTL 60\n@ SOA ns.op.example. dns.op.example. 1 3600 600 86400 60\n@ NS ns.op.example.\n";
  private static final String LONG_KEY =
      "rky1._domainkey TXT \"v=DKIM1; k=rsa; p=%s\" \"%s\"\n"
          .formatted(KEY.substring(0, 200), KEY.substring(200));
  private static final String RIGHT =
      LONG_KEY
          + "bounces CNAME rp.op.example.\n"
          + "links CNAME links.op.example.\n"
          + "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@op.example\"\n"
          + "@ TXT \"v=spf1 include:_spf.op.example ~all\"\n";

  private static KnotServer server;
  private static Checks checks;

  @BeforeAll
  static void serve() throws Exception {
    Map<String, String> zones = new LinkedHashMap<>();
    zones.put(
        "op.example",
        HEAD
            + "rp MX 10 mx\nrp TXT \"v=spf1 include:_spf.op.example -all\"\n"
            + "_spf TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\nlinks A 192.0.2.80\nmx A 192.0.2.25\n"
            + "key TXT \"v=DKIM1; p=%s\" \"%s\"\n"
                .formatted(KEY.substring(0, 100), KEY.substring(100)));
    zones.put("example", HEAD);
    zones.put("right.example", HEAD + RIGHT);
    zones.put("missing.example", HEAD);
    zones.put(
        "wrong.example",
        HEAD
            + "rky1._domainkey TXT \"v=DKIM1; k=rsa; p=QUJD\"\n"
            + "bounces CNAME rp.missing.example.\nlinks A 198.51.100.1\n"
            + "_dmarc TXT \"v=dmarc1; p=none\"\n@ TXT \"v=spf1 ipv4:192.0.2.1 -all\"\n");
    zones.put(
        "doubled.example",
        HEAD
            + LONG_KEY
            + "rky1._domainkey TXT \"v=DKIM1; p=QUJD\"\n"
            + "bounces MX 10 mx.op.example.\n"
            + "bounces TXT \"v=spf1 include:_spf.op.example -all\"\nbounces TXT \"v=spf1 -all\"\n"
            + "_dmarc TXT \"v=DMARC1; p=none\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n"
            + "@ TXT \"v=spf1 mx -all\"\n@ TXT \"v=spf1 include:_spf.op.example -all\"\n");
    zones.put(
        "revoked.example",
        HEAD + "rky1._domainkey TXT \"v=DKIM1; p=\"\nbounces MX 0 .\n_dmarc TXT \"p=none\"\n");
    zones.put(
        "alias.example",
        HEAD
            + "rky1._domainkey CNAME key.op.example.\nbounces CNAME step\nstep CNAME rp.op.example.\n");
    zones.put("circle.example", HEAD + "rky1._domainkey CNAME a\na CNAME b\nb CNAME a\n");
    // Declared, and without a file: the server has nothing to serve and says SERVFAIL.
    zones.put("failing.example", "");
    server = KnotServer.start(zones);
    checks = new Checks(Subjects.FULL, dns(server.address()));
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static LiveDns dns(InetSocketAddress address) {
    return new LiveDns(List.of(address), Duration.ofMillis(500));
  }

  @Test
  void rightRecordsShouldBeRightThoughAKeyIsSplit() {
    verdict("right.example", RecordPurpose.DKIM, "rky1._domainkey.", RecordVerdict.OK);
    verdict("right.example", RecordPurpose.RETURN_PATH, "bounces.", RecordVerdict.OK);
    verdict("right.example", RecordPurpose.SPF, "bounces.", RecordVerdict.OK);
    verdict("right.example", RecordPurpose.SPF, "", RecordVerdict.OK);
    verdict("right.example", RecordPurpose.MX, "bounces.", RecordVerdict.OK);
    verdict("right.example", RecordPurpose.DMARC, "_dmarc.", RecordVerdict.OK);
    verdict("right.example", RecordPurpose.TRACKING_HOST, "links.", RecordVerdict.OK);
  }

  @Test
  void missingRecordsShouldBeMissing() {
    verdict("missing.example", RecordPurpose.DKIM, "rky1._domainkey.", RecordVerdict.MISSING);
    verdict("missing.example", RecordPurpose.RETURN_PATH, "bounces.", RecordVerdict.MISSING);
    verdict("missing.example", RecordPurpose.SPF, "bounces.", RecordVerdict.MISSING);
    verdict("missing.example", RecordPurpose.MX, "bounces.", RecordVerdict.MISSING);
    verdict("missing.example", RecordPurpose.TRACKING_HOST, "links.", RecordVerdict.MISSING);
    verdict("missing.example", RecordPurpose.SPF, "", RecordVerdict.MISSING);
    verdict("missing.example", RecordPurpose.DMARC, "_dmarc.", RecordVerdict.MISSING);
  }

  @Test
  void wrongRecordsShouldBeWrongAndSayWhatToDo() {
    says("wrong.example", RecordPurpose.DKIM, "rky1._domainkey.", "cut short");
    says("wrong.example", RecordPurpose.RETURN_PATH, "bounces.", "CNAME of rp.op.example");
    says("wrong.example", RecordPurpose.SPF, "", "ipv4:192.0.2.1");
    says("wrong.example", RecordPurpose.TRACKING_HOST, "links.", "CNAME of links.op.example");
    says("revoked.example", RecordPurpose.DKIM, "rky1._domainkey.", "revokes");
    says("revoked.example", RecordPurpose.MX, "bounces.", "RFC 7505");
  }

  @Test
  void doubledRecordsShouldBeDoubled() {
    verdict("doubled.example", RecordPurpose.DKIM, "rky1._domainkey.", RecordVerdict.DOUBLED);
    verdict("doubled.example", RecordPurpose.SPF, "bounces.", RecordVerdict.DOUBLED);
    verdict("doubled.example", RecordPurpose.SPF, "", RecordVerdict.DOUBLED);
    verdict("doubled.example", RecordPurpose.DMARC, "_dmarc.", RecordVerdict.DOUBLED);
  }

  @Test
  void aliasesShouldBeFollowedAcrossZonesAndOutOfCircles() {
    verdict("alias.example", RecordPurpose.DKIM, "rky1._domainkey.", RecordVerdict.OK);
    verdict("alias.example", RecordPurpose.RETURN_PATH, "bounces.", RecordVerdict.OK);
    verdict("circle.example", RecordPurpose.DKIM, "rky1._domainkey.", RecordVerdict.MISSING);
  }

  @Test
  void aFailingZoneShouldSayNothing() {
    for (CheckResult result : run("failing.example")) {
      assertThat(result.verdict()).as(result.toString()).isEqualTo(RecordVerdict.UNREACHABLE);
    }
  }

  @Test
  void aServerThatNeverAnswersShouldBeLeftInTime() throws Exception {
    try (DatagramSocket mute = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), mute.getLocalPort());
      long begin = System.nanoTime();
      DnsAnswer answer = dns(address).ask("right.example", RecordType.TXT);
      assertThat(answer.isUnreachable()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      LiveDns both = new LiveDns(List.of(address, server.address()), Duration.ofMillis(500));
      assertThat(both.ask("right.example", RecordType.TXT).values()).hasSize(1);
    }
  }

  private static void verdict(
      String domain, RecordPurpose purpose, String prefix, RecordVerdict wanted) {
    CheckResult result = result(domain, purpose, prefix);
    assertThat(result.verdict()).as(result.toString()).isEqualTo(wanted);
  }

  private static void says(String domain, RecordPurpose purpose, String prefix, String advice) {
    CheckResult result = result(domain, purpose, prefix);
    assertThat(result.verdict()).as(result.toString()).isEqualTo(RecordVerdict.WRONG);
    assertThat(result.advice()).contains(advice);
  }

  private static CheckResult result(String domain, RecordPurpose purpose, String prefix) {
    return run(domain).stream()
        .filter(result -> result.isAbout(purpose, prefix + domain))
        .findFirst()
        .orElseThrow();
  }

  private static List<CheckResult> run(String domain) {
    DkimSelector selector =
        new DkimSelector("rky1", Algorithm.RSA_SHA256, KEY, Subjects.NOW, null, null);
    return checks.run(
        new DomainSubject(
            domain, "bounces." + domain, "links." + domain, List.of(selector), Subjects.NOW));
  }
}
