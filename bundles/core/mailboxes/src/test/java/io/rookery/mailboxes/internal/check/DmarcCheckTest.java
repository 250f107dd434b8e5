// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.FakeDns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmarcCheckTest {

  private final FakeDns dns = new FakeDns();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DMARC1; p=none; rua=mailto:d@heron.example | OK | p=quarantine is the next step",
        "v=DMARC1; p=none | OK | add rua=",
        "v=DMARC1;p=quarantine;rua=mailto:d@heron.example | OK | p=reject is the last step",
        "v=DMARC1; p=quarantine | OK | nobody reports",
        "v = DMARC1 ; p = reject ; rua = mailto:d@heron.example | OK | is refused",
        "v=DMARC1; p=reject; pct=50; rua=mailto:d@heron.example | OK | pct is no longer heeded",
        "v=DMARC1; p=reject; t=y; rua=mailto:d@heron.example | OK | one step less",
        "v=DMARC1; p=later; rua=mailto:d@heron.example | OK | p=none only watches",
        "v=DMARC1; p=none; aspf=s; rua=mailto:d@x.example | OK | not aligned",
        "v=DMARC1; sp=reject | WRONG | Give the record a policy",
        "v=dmarc1; p=none | WRONG | written just so",
        "p=none; v=DMARC1 | WRONG | written just so",
        "something=else | MISSING | Publish a DMARC record",
      })
  void aPolicyShouldBeReadAndTheNextStepAdvised(String text, RecordVerdict verdict, String advice) {
    dns.txt("_dmarc.heron.example", text);
    CheckResult result = look("heron.example");
    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.advice()).contains(advice);
  }

  @Test
  void twoRecordsShouldBothBeDiscarded() {
    dns.txt("_dmarc.heron.example", "v=DMARC1; p=none").txt("_dmarc.heron.example", "v=DMARC1");
    assertThat(look("heron.example").verdict()).isEqualTo(RecordVerdict.DOUBLED);
  }

  @Test
  void theRecordOfTheOrganisationShouldApplyBelowItBySp() {
    dns.txt("_dmarc.heron.example", "v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@x.example");
    CheckResult result = look("news.heron.example");
    assertThat(result.verdict()).isEqualTo(RecordVerdict.OK);
    assertThat(result.advice())
        .startsWith("The record of heron.example applies. p=quarantine is in force");
    assertThat(dns.asked)
        .startsWith(
            "TXT _dmarc.news.heron.example", "TXT _dmarc.heron.example", "TXT _dmarc.example");
  }

  @Test
  void aLongNameShouldTakeEightQuestions() {
    look("a.b.c.d.e.f.g.h.i.j.heron.example");
    assertThat(dns.asked.stream().distinct().filter(q -> q.startsWith("TXT _dmarc.")))
        .containsExactly(
            "TXT _dmarc.a.b.c.d.e.f.g.h.i.j.heron.example",
            "TXT _dmarc.f.g.h.i.j.heron.example",
            "TXT _dmarc.g.h.i.j.heron.example",
            "TXT _dmarc.h.i.j.heron.example",
            "TXT _dmarc.i.j.heron.example",
            "TXT _dmarc.j.heron.example",
            "TXT _dmarc.heron.example",
            "TXT _dmarc.example");
  }

  @Test
  void aPublicSuffixShouldPutTheOrganisationOneLabelBelow() {
    dns.txt("_dmarc.uk.example", "v=DMARC1; p=reject; psd=y");
    DmarcWalk walk = DmarcWalk.of("news.heron.uk.example", dns);
    assertThat(walk.organisation()).isEqualTo("heron.uk.example");
    assertThat(walk.place()).contains("uk.example");
    assertThat(dns.asked).doesNotContain("TXT _dmarc.example");
  }

  @Test
  void psdNShouldEndTheWalkThere() {
    dns.txt("_dmarc.heron.example", "v=DMARC1; p=none; psd=n").txt("_dmarc.example", "v=DMARC1");
    DmarcWalk walk = DmarcWalk.of("news.heron.example", dns);
    assertThat(walk.organisation()).isEqualTo("heron.example");
    assertThat(dns.asked).doesNotContain("TXT _dmarc.example");
  }

  @Test
  void theShortestNameWithARecordShouldBeTheOrganisation() {
    dns.txt("_dmarc.a.heron.example", "v=DMARC1; p=none").txt("_dmarc.heron.example", "v=DMARC1");
    assertThat(DmarcWalk.of("b.a.heron.example", dns).organisation()).isEqualTo("heron.example");
    assertThat(DmarcWalk.of("other.example", dns).organisation()).isEqualTo("other.example");
  }

  @Test
  void aReturnPathOfAnotherOrganisationShouldBeTold() {
    dns.txt("_dmarc.heron.example", "v=DMARC1; p=none; rua=mailto:d@x.example");
    assertThat(look("heron.example").advice()).doesNotContain("aligned with the domain");
    dns.txt("_dmarc.bounces.heron.example", "v=DMARC1; p=none; psd=n");
    assertThat(look("heron.example").advice()).contains("not aligned with the domain");
  }

  @Test
  void failingServersShouldSayNothing() {
    dns.failing("_dmarc.example");
    assertThat(look("heron.example").verdict()).isEqualTo(RecordVerdict.UNREACHABLE);
    dns.txt("_dmarc.heron.example", "v=DMARC1; p=none");
    assertThat(look("heron.example").verdict()).isEqualTo(RecordVerdict.OK);
  }

  private CheckResult look(String domain) {
    DomainSubject subject =
        new DomainSubject(domain, "bounces." + domain, "links." + domain, List.of(), Subjects.NOW);
    return new DmarcCheck(Subjects.FULL).check(subject, dns).get(0);
  }
}
