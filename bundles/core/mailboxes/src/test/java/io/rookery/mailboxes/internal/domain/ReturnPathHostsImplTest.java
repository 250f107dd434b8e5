// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.check.DomainSettings;
import io.rookery.mailboxes.internal.dns.RecordType;
import io.rookery.persistence.test.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReturnPathHostsImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private final DomainFixture fixture = new DomainFixture(DATABASE);

  @Test
  void aVerifiedDomainShouldLendItsReturnPathToMailFromItAndBelow() {
    fixture.verified(context, "heron.example");

    assertThat(fixture.returnPaths.of(context, "HERON.example")).contains("bounces.heron.example");
    assertThat(fixture.returnPaths.of(context, "news.heron.example"))
        .contains("bounces.heron.example");
    assertThat(fixture.returnPaths.of(context, "otherheron.example")).isEmpty();
    assertThat(fixture.returnPaths.of(DATABASE.tenant(), "heron.example")).isEmpty();
  }

  @Test
  void aDomainThatIsNotVerifiedShouldLendNone() {
    SendingDomain domain = fixture.service.create(context, "heron.example");
    fixture.service.verify(context, domain.id());

    assertThat(fixture.returnPaths.of(context, "heron.example")).isEmpty();
  }

  @Test
  void bouncesThatWouldNotArriveShouldBeFoundWithinHalfAMinute() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    assertThat(fixture.returnPaths.of(context, "heron.example")).isPresent();

    fixture.dns.without("rp.op.example", RecordType.MX);
    fixture.service.verify(context, domain.id());
    assertThat(fixture.returnPaths.of(context, "heron.example")).as("as known").isPresent();
    fixture.clock.pass(Duration.ofSeconds(31));
    assertThat(fixture.returnPaths.of(context, "heron.example")).isEmpty();
  }

  @Test
  void whereNothingSaysWhoSendsTheMailboxShouldStayInTheEnvelope() {
    DomainSettings mxAlone =
        new DomainSettings(
            "bounces", "links", null, List.of("mx.op.example"), null, List.of(), null, null);
    DomainFixture other = new DomainFixture(DATABASE, mxAlone);
    other.dns.with("bounces.heron.example", RecordType.MX, "10 mx.op.example");
    SendingDomain domain = other.service.create(context, "heron.example");
    domain.selectors().forEach(selector -> other.publish(domain, selector));

    assertThat(other.service.verify(context, domain.id()).state())
        .isEqualTo(SendingDomain.State.VERIFIED);
    assertThat(other.returnPaths.of(context, "heron.example")).isEmpty();
  }
}
