// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import static io.rookery.mailboxes.internal.check.Subjects.BARE;
import static io.rookery.mailboxes.internal.check.Subjects.FULL;
import static io.rookery.mailboxes.internal.check.Subjects.RETURN_PATH;
import static io.rookery.mailboxes.internal.check.Subjects.TRACKING;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.FakeDns;
import io.rookery.mailboxes.internal.dns.RecordType;
import org.junit.jupiter.api.Test;

class HostChecksTest {

  private static final String SPF = "v=spf1 include:_spf.op.example -all";

  private final FakeDns dns = new FakeDns().txt("_spf.op.example", "v=spf1 ip4:192.0.2.1 -all");

  @Test
  void aReturnPathShouldBeAnAliasOfTheOperators() {
    assertThat(returnPath(FULL).verdict()).isEqualTo(RecordVerdict.MISSING);
    dns.with(RETURN_PATH, RecordType.CNAME, "step.heron.example");
    assertThat(returnPath(FULL).verdict()).isEqualTo(RecordVerdict.WRONG);
    dns.with("step.heron.example", RecordType.CNAME, "rp.op.example");
    assertThat(returnPath(FULL).verdict()).isEqualTo(RecordVerdict.OK);
    dns.failing(RETURN_PATH);
    assertThat(returnPath(FULL).verdict()).isEqualTo(RecordVerdict.UNREACHABLE);
    assertThat(returnPath(BARE).verdict()).isEqualTo(RecordVerdict.UNCHECKED);
  }

  @Test
  void aReturnPathMayStandByItself() {
    dns.with(RETURN_PATH, RecordType.MX, "10 mx.op.example");
    assertThat(returnPath(FULL).verdict()).isEqualTo(RecordVerdict.WRONG);
    dns.txt(RETURN_PATH, SPF);
    assertThat(returnPath(FULL).verdict()).isEqualTo(RecordVerdict.OK);
    assertThat(returnPath(FULL).advice()).contains("CNAME of rp.op.example");
  }

  @Test
  void aCircleOfAliasesShouldEnd() {
    dns.with(RETURN_PATH, RecordType.CNAME, "b.example")
        .with("b.example", RecordType.CNAME, RETURN_PATH);
    assertThat(returnPath(FULL).verdict()).isEqualTo(RecordVerdict.WRONG);
  }

  @Test
  void bouncesShouldComeToTheOperatorsHostsAlone() {
    assertThat(mx(FULL).verdict()).isEqualTo(RecordVerdict.MISSING);
    dns.with(RETURN_PATH, RecordType.MX, "10 mx.op.example");
    assertThat(mx(FULL).verdict()).isEqualTo(RecordVerdict.OK);
    dns.with(RETURN_PATH, RecordType.MX, "20 mx.elsewhere.example");
    assertThat(mx(FULL).verdict()).isEqualTo(RecordVerdict.WRONG);
    assertThat(mx(BARE).verdict()).isEqualTo(RecordVerdict.UNCHECKED);
    dns.failing(RETURN_PATH);
    assertThat(mx(FULL).verdict()).isEqualTo(RecordVerdict.UNREACHABLE);
  }

  @Test
  void aNullMxShouldBeWrong() {
    dns.with(RETURN_PATH, RecordType.MX, "0 .");
    assertThat(mx(FULL).advice()).contains("RFC 7505");
  }

  @Test
  void linksShouldLeadToThePlatform() {
    assertThat(tracking(FULL).verdict()).isEqualTo(RecordVerdict.MISSING);
    assertThat(tracking(BARE).verdict()).isEqualTo(RecordVerdict.UNCHECKED);
    dns.with("links.op.example", RecordType.A, "192.0.2.80");
    dns.with(TRACKING, RecordType.A, "192.0.2.80");
    assertThat(tracking(FULL).verdict()).isEqualTo(RecordVerdict.OK);
    dns.with(TRACKING, RecordType.A, "198.51.100.1");
    assertThat(tracking(FULL).verdict()).isEqualTo(RecordVerdict.WRONG);
    dns.without(TRACKING, RecordType.A).with(TRACKING, RecordType.CNAME, "links.op.example");
    assertThat(tracking(FULL).verdict()).isEqualTo(RecordVerdict.OK);
    dns.failing(TRACKING);
    assertThat(tracking(FULL).verdict()).isEqualTo(RecordVerdict.UNREACHABLE);
  }

  private CheckResult returnPath(DomainSettings settings) {
    SpfCheck spf = new SpfCheck(settings);
    return new ReturnPathCheck(settings, spf, new MxCheck(settings))
        .check(Subjects.subject(), dns)
        .get(0);
  }

  private CheckResult mx(DomainSettings settings) {
    return new MxCheck(settings).check(Subjects.subject(), dns).get(0);
  }

  private CheckResult tracking(DomainSettings settings) {
    return new TrackingHostCheck(settings).check(Subjects.subject(), dns).get(0);
  }
}
