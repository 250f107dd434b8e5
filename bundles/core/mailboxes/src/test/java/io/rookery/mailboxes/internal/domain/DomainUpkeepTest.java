// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DomainUpkeepTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private final DomainFixture fixture = new DomainFixture(DATABASE);
  private final DomainUpkeep upkeep =
      new DomainUpkeep(DATABASE.transactions(), fixture.service, fixture.clock);

  @Test
  void domainsShouldBeLookedAtWhenTheyAreDue() throws Exception {
    SendingDomain domain = fixture.service.create(context, "heron.example");
    fixture.publish(domain);
    upkeep.run();
    assertThat(state(domain)).isEqualTo(State.PENDING);
    fixture.clock.pass(Duration.ofMinutes(5));
    upkeep.run();
    assertThat(state(domain)).isEqualTo(State.VERIFIED);

    fixture.unpublish(domain, domain.selectors().get(0));
    fixture.clock.pass(Duration.ofHours(23));
    upkeep.run();
    assertThat(fixture.service.get(context, domain.id()).driftingSince()).isNull();
    fixture.clock.pass(Duration.ofHours(1));
    upkeep.run();
    assertThat(fixture.service.get(context, domain.id()).driftingSince()).isNotNull();
    fixture.clock.pass(Duration.ofHours(1));
    upkeep.run();
    assertThat(state(domain)).isEqualTo(State.FAILING);
    fixture.service.delete(context, domain.id());
  }

  @Test
  void resolversThatAnswerForNobodyShouldLeaveTheRestForLater() throws Exception {
    for (int i = 0; i < 5; i++) {
      SendingDomain domain = fixture.service.create(context, "d" + i + ".example");
      domain.records().forEach(record -> fixture.dns.failing(record.host()));
      fixture.dns.failing("bounces.d" + i + ".example");
    }
    fixture.clock.pass(Duration.ofMinutes(6));
    int before = fixture.dns.asked.size();
    upkeep.run();
    assertThat(fixture.dns.asked.subList(before, fixture.dns.asked.size()))
        .anyMatch(question -> question.contains("d2.example"))
        .noneMatch(question -> question.contains("d3.example"));
    upkeep.run();
    assertThat(fixture.dns.asked).anyMatch(question -> question.contains("d4.example"));
  }

  @Test
  void aPendingDomainShouldBeLookedAtEverMoreSeldom() {
    var made = fixture.clock.instant();
    assertThat(Due.backingOff(made, made)).isEqualTo(made.plus(Duration.ofMinutes(5)));
    var later = made.plus(Duration.ofHours(8));
    assertThat(Due.backingOff(made, later)).isEqualTo(later.plus(Duration.ofHours(2)));
    var last = made.plus(Duration.ofDays(90));
    assertThat(Due.backingOff(made, last)).isEqualTo(last.plus(Duration.ofDays(1)));
  }

  private State state(SendingDomain domain) {
    return fixture.service.get(context, domain.id()).state();
  }
}
