// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import static io.rookery.mailboxes.internal.check.Subjects.BARE;
import static io.rookery.mailboxes.internal.check.Subjects.FULL;
import static io.rookery.mailboxes.internal.check.Subjects.RETURN_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.FakeDns;
import io.rookery.mailboxes.internal.dns.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfCheckTest {

  private static final String OURS = "v=spf1 include:_spf.op.example -all";

  private final FakeDns dns = new FakeDns().txt("_spf.op.example", "v=spf1 ip4:192.0.2.0/24 -all");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=spf1 include:_spf.op.example -all | OK",
        "V=SPF1 INCLUDE:_SPF.OP.EXAMPLE ~ALL | OK",
        "v=spf1  a   include:_spf.op.example | OK",
        "v=spf1 redirect=chain.example | OK",
        "v=spf1 include:chain.example -all | OK",
        "v=spf1 -include:_spf.op.example -all | WRONG",
        "v=spf1 -all include:_spf.op.example | WRONG",
        "v=spf1 include:_spf.op.example +all | WRONG",
        "v=spf1 include:_spf.op.example ipv4:192.0.2.1 -all | WRONG",
        "v=spf1 include:_spf.op.example ip4:192.0.2 -all | WRONG",
        "v=spf1 include:_spf.op.example ip4:192.0.2.400 -all | WRONG",
        "v=spf1 include:_spf.op.example ip6:::ffff:192.0.2.1/120 -all | OK",
        "v=spf1 include:nothing.example include:_spf.op.example -all | WRONG",
        "v=spf1 include:twice.example include:_spf.op.example -all | WRONG",
        "v=spf1 mx -all | WRONG",
        "v=spf10 include:_spf.op.example -all | MISSING",
        "spf=1 | MISSING",
      })
  void aRecordShouldLetThePlatformSend(String text, RecordVerdict verdict) {
    dns.txt("chain.example", OURS).txt("twice.example", OURS).txt("twice.example", "v=spf1 -all");
    assertThat(look(FULL, text).verdict()).isEqualTo(verdict);
  }

  @Test
  void twoRecordsShouldBeDoubledWhateverTheySay() {
    CheckResult result = look(FULL, OURS, "v=spf1 mx -all", "google-site-verification=x");
    assertThat(result.verdict()).isEqualTo(RecordVerdict.DOUBLED);
    assertThat(result.found()).hasSize(2);
    assertThat(result.advice()).contains("Merge");
  }

  @Test
  void moreThanTenLookupsShouldBeTold() {
    String ten = "v=spf1 include:_spf.op.example a mx ptr exists:x.example a:a mx:b a:c a:d a:e";
    assertThat(look(FULL, ten + " -all").verdict()).isEqualTo(RecordVerdict.OK);
    CheckResult eleven = look(FULL, ten + " a:f -all");
    assertThat(eleven.verdict()).isEqualTo(RecordVerdict.WRONG);
    assertThat(eleven.advice()).contains("more than 10 DNS look-ups");
  }

  @Test
  void aCircleOfIncludesShouldEnd() {
    dns.txt("one.example", "v=spf1 include:two.example -all");
    dns.txt("two.example", "v=spf1 include:one.example -all");
    assertThat(look(FULL, "v=spf1 include:one.example -all").advice()).contains("10 DNS look-ups");
  }

  @Test
  void networksShouldBeCoveredWhereThereIsNoInclude() {
    DomainSettings settings = Subjects.settings(null, "192.0.2.10", "2001:db8::/48");
    assertThat(look(settings, "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all").verdict())
        .isEqualTo(RecordVerdict.OK);
    assertThat(look(settings, "v=spf1 include:_spf.op.example ip6:2001:db8::/48 -all").verdict())
        .isEqualTo(RecordVerdict.OK);
    CheckResult half = look(settings, "v=spf1 ip4:192.0.2.10 -all");
    assertThat(half.verdict()).isEqualTo(RecordVerdict.WRONG);
    assertThat(half.advice()).contains("v=spf1 ip4:192.0.2.10 ip6:2001:db8::/48 -all");
  }

  @Test
  void serversThatFailShouldSayNothing() {
    dns.failing(RETURN_PATH);
    assertThat(look(FULL, OURS).verdict()).isEqualTo(RecordVerdict.UNREACHABLE);
    dns.mended().failing("_spf.op.example");
    assertThat(look(FULL, OURS).verdict()).isEqualTo(RecordVerdict.UNREACHABLE);
  }

  @Test
  void aRecordBehindTheReturnPathsAliasShouldCount() {
    dns.with(RETURN_PATH, RecordType.CNAME, "rp.op.example").txt("rp.op.example", OURS);
    assertThat(returnPath(FULL).verdict()).isEqualTo(RecordVerdict.OK);
  }

  @Test
  void withoutConfigurationNothingShouldBeClaimed() {
    assertThat(look(BARE, OURS).verdict()).isEqualTo(RecordVerdict.UNCHECKED);
  }

  @Test
  void theDomainItselfShouldBeLookedAtToo() {
    dns.txt(Subjects.DOMAIN, "v=spf1 include:_spf.google.example ~all");
    dns.txt("_spf.google.example", "v=spf1 -all");
    CheckResult own = new SpfCheck(FULL).check(Subjects.subject(), dns).get(1);
    assertThat(own.host()).isEqualTo(Subjects.DOMAIN);
    assertThat(own.advice())
        .endsWith("v=spf1 include:_spf.google.example include:_spf.op.example ~all");
  }

  @Test
  void mergingShouldKeepOneRecord() {
    assertThat(SpfText.merged(null, FULL)).contains("v=spf1 include:_spf.op.example ~all");
    assertThat(SpfText.merged("v=spf1 redirect=x.example", FULL))
        .contains("v=spf1 include:_spf.op.example redirect=x.example");
    assertThat(SpfText.merged(OURS, FULL)).contains(OURS);
    assertThat(SpfText.merged(OURS, BARE)).isEmpty();
    assertThat(SpfText.alone(FULL)).contains(OURS);
  }

  private CheckResult look(DomainSettings settings, String... texts) {
    dns.without(RETURN_PATH, RecordType.TXT);
    for (String text : texts) {
      dns.txt(RETURN_PATH, text);
    }
    return returnPath(settings);
  }

  private CheckResult returnPath(DomainSettings settings) {
    return new SpfCheck(settings).check(Subjects.subject(), dns).get(0);
  }
}
