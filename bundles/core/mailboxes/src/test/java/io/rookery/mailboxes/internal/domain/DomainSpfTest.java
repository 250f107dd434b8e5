// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.dns.RecordType;
import io.rookery.persistence.test.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is offered to be published as a domain's own SPF record. */
class DomainSpfTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private final DomainFixture fixture = new DomainFixture(DATABASE);
  private final SendingDomainServiceImpl service = fixture.service;

  @Test
  void anExistingSpfRecordShouldBeMerged() {
    fixture.dns.txt("heron.example", "v=spf1 include:_spf.google.example ~all");
    fixture.dns.with("_spf.google.example", RecordType.TXT, "v=spf1 -all");
    SendingDomain seen = fixture.verified(context, "heron.example");
    assertThat(DomainFixture.record(seen, RecordPurpose.SPF, "heron.example").value())
        .isEqualTo("v=spf1 include:_spf.google.example include:_spf.op.example ~all");
  }

  @Test
  void anSpfRecordOfItsOwnShouldBeOfferedWhereThereIsNone() {
    SendingDomain seen = fixture.verified(context, "heron.example");
    assertThat(DomainFixture.record(seen, RecordPurpose.SPF, "heron.example").value())
        .isEqualTo("v=spf1 include:_spf.op.example ~all");
  }

  @Test
  void aLongSpfRecordShouldBeMergedWhole() {
    String senders = "ip4:198.51.100.77 ".repeat(60);
    fixture.dns.txt("heron.example", "v=spf1 " + senders + "~all");
    SendingDomain seen = fixture.verified(context, "heron.example");
    assertThat(DomainFixture.record(seen, RecordPurpose.SPF, "heron.example").value())
        .isEqualTo("v=spf1 " + senders + "include:_spf.op.example ~all");
  }

  @Test
  void anSpfRecordThatIsNotKnownShouldNotBeReplaced() {
    SendingDomain made = service.create(context, "heron.example");
    fixture.dns.failing("heron.example");
    DomainFixture.spfIsToBeAddedTo(service.verify(context, made.id()));

    fixture.dns.mended().txt("heron.example", "v=spf1 mx ~all").txt("heron.example", "v=spf1 -all");
    DomainFixture.spfIsToBeAddedTo(service.verify(context, made.id()));

    fixture.dns.without("heron.example", RecordType.TXT);
    fixture.dns.txt("heron.example", "v=spf1 " + "ip4:198.51.100.77 ".repeat(300) + "~all");
    service.verify(context, made.id());
    DomainFixture.spfIsToBeAddedTo(service.get(context, made.id()));

    fixture.dns.without("heron.example", RecordType.TXT);
    fixture.dns.txt("heron.example", "v=spf1 exists:a\u0007.example ~all");
    DomainFixture.spfIsToBeAddedTo(service.verify(context, made.id()));
  }
}
