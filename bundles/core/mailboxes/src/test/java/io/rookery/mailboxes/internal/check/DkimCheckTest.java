// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import static io.rookery.mailboxes.internal.check.Subjects.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.DkimKey.Algorithm;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.FakeDns;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimCheckTest {

  private static final String HOST = "rky1._domainkey.heron.example";
  private static final String RIGHT = "v=DKIM1; k=rsa; p=QUJDREVG";

  private final FakeDns dns = new FakeDns();

  @ParameterizedTest
  @ValueSource(
      strings = {
        RIGHT,
        "v=DKIM1;k=rsa;p=QUJDREVG;",
        "  v = DKIM1 ;\tp = QUJD RE\tVG ",
        "p=QUJDREVG",
        "v=DKIM1; h=sha1:sha256; s=*; p=QUJDREVG; n=anything"
      })
  void aRecordThatReceiversReadShouldBeRight(String text) {
    assertThat(look(text).verdict()).isEqualTo(RecordVerdict.OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=dkim1; p=QUJDREVG",
        "k=rsa; v=DKIM1; p=QUJDREVG",
        "v=DKIM1; K=rsa; P=QUJDREVG; p=",
        "v=DKIM1; k=ed25519; p=QUJDREVG",
        "v=DKIM1; p=QUJD",
        "v=DKIM1; p=QUJDREVG; p=QUJDREVG",
        "\"v=DKIM1; p=QUJDREVG\"",
        "v=DKIM1\\; p=QUJDREVG",
        "v=DKIM1; h=sha1; p=QUJDREVG",
        "v=DKIM1; s=tlsrpt; p=QUJDREVG",
        "v=DKIM1; p=qujdrevg"
      })
  void aRecordThatReceiversCannotUseShouldBeWrong(String text) {
    CheckResult result = look(text);
    assertThat(result.verdict()).isEqualTo(RecordVerdict.WRONG);
    assertThat(result.advice()).isNotBlank();
    assertThat(result.found()).containsExactly(text);
  }

  @Test
  void anEmptyKeyShouldBeToldAsRevoked() {
    assertThat(look("v=DKIM1; p=").advice()).contains("revokes");
  }

  @Test
  void aTestFlagShouldBeTold() {
    assertThat(look("v=DKIM1; t=s:y; p=QUJDREVG").advice()).contains("t=y");
  }

  @Test
  void nothingShouldBeMissingAndTwoDoubled() {
    assertThat(look().verdict()).isEqualTo(RecordVerdict.MISSING);
    assertThat(look(RIGHT, "v=DKIM1; p=other").verdict()).isEqualTo(RecordVerdict.DOUBLED);
  }

  @Test
  void aForeignTextBesideShouldNotMatterAndAloneBeWrong() {
    assertThat(look("some-verification=1").verdict()).isEqualTo(RecordVerdict.WRONG);
    assertThat(look(RIGHT).verdict()).isEqualTo(RecordVerdict.OK);
  }

  @Test
  void aRecordBehindAnAliasShouldCount() {
    dns.with(HOST, RecordType.CNAME, "key.provider.example").txt("key.provider.example", RIGHT);
    assertThat(rsa(null).verdict()).isEqualTo(RecordVerdict.OK);
  }

  @Test
  void aDomainThatTheProviderAppendedShouldBeRecognised() {
    dns.txt(HOST + ".heron.example", RIGHT);
    CheckResult result = rsa(null);
    assertThat(result.verdict()).isEqualTo(RecordVerdict.MISSING);
    assertThat(result.advice()).contains(HOST + ".heron.example").contains("adds the domain");
  }

  @Test
  void failingServersShouldSayNothingAboutTheRecord() {
    dns.txt(HOST, RIGHT).failing(HOST);
    assertThat(rsa(null).verdict()).isEqualTo(RecordVerdict.UNREACHABLE);
  }

  @Test
  void anEd25519RecordShouldNameItsType() {
    dns.txt("rky1e._domainkey.heron.example", "v=DKIM1; k=ed25519; p=QUJDREVG");
    assertThat(one(Algorithm.ED25519_SHA256, null).verdict()).isEqualTo(RecordVerdict.OK);
    dns.without("rky1e._domainkey.heron.example", RecordType.TXT);
    dns.txt("rky1e._domainkey.heron.example", "v=DKIM1; p=QUJDREVG");
    assertThat(one(Algorithm.ED25519_SHA256, null).advice()).contains("k=ed25519");
  }

  @Test
  void aRetiredRecordShouldStayForItsGraceAndThenBeEmptied() {
    dns.txt(HOST, RIGHT);
    CheckResult within = rsa(NOW.minus(Duration.ofHours(47)));
    assertThat(within.verdict()).isEqualTo(RecordVerdict.OK);
    assertThat(within.advice()).contains("2026-05-01T01:00:00Z");

    Instant over = NOW.minus(Duration.ofHours(48));
    assertThat(rsa(over).verdict()).isEqualTo(RecordVerdict.WRONG);
    assertThat(rsa(over).advice()).contains("\"v=DKIM1; p=\"");
    dns.without(HOST, RecordType.TXT);
    assertThat(rsa(over).verdict()).isEqualTo(RecordVerdict.OK);
    dns.txt(HOST, "v=DKIM1; p=");
    assertThat(rsa(over).verdict()).isEqualTo(RecordVerdict.OK);
  }

  @Test
  void whatOthersPublishShouldBeShownWithinBounds() {
    CheckResult result = look("v=DKIM1; p=" + "A".repeat(5000) + "\u001b[31m\u202e");
    assertThat(result.found().get(0)).hasSizeLessThan(700);
    assertThat(look("a\u001bb").found().toString()).doesNotContain("\u001b");
  }

  private CheckResult look(String... texts) {
    dns.without(HOST, RecordType.TXT);
    for (String text : texts) {
      dns.txt(HOST, text);
    }
    return rsa(null);
  }

  private CheckResult rsa(Instant retiredAt) {
    return one(Algorithm.RSA_SHA256, retiredAt);
  }

  private CheckResult one(Algorithm algorithm, Instant retiredAt) {
    DomainSubject subject = Subjects.subject(Subjects.selector(algorithm, retiredAt));
    return new DkimCheck().check(subject, dns).get(0);
  }
}
