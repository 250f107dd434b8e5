// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.domain.DomainStore.DueDomain;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DomainUpkeepTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private final DomainFixture fixture = new DomainFixture(DATABASE);
  private final DomainUpkeep upkeep =
      new DomainUpkeep(DATABASE.transactions(), fixture.service, fixture.clock);

  @AfterEach
  void removeAll() throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("delete from tenant.domain");
    }
  }

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
  }

  @Test
  void resolversThatAnswerForNobodyShouldLeaveTheRestForLater() throws Exception {
    for (int i = 0; i < 5; i++) {
      silent(DATABASE.tenant(), "d" + i + ".example");
    }
    fixture.clock.pass(Duration.ofMinutes(6));
    fixture.dns.asked.clear();
    upkeep.run();
    assertThat(fixture.dns.asked)
        .anyMatch(question -> question.contains("d2.example"))
        .noneMatch(question -> question.contains("d3.example"));
    upkeep.run();
    assertThat(fixture.dns.asked).anyMatch(question -> question.contains("d4.example"));
  }

  @Test
  void theSilentServersOfOneTenantShouldNotKeepOthersFromTheirCheck() throws Exception {
    for (int i = 0; i < 5; i++) {
      silent(context, "d" + i + ".example");
    }
    TenantContext other = DATABASE.tenant();
    SendingDomain domain = fixture.service.create(other, "heron.example");
    fixture.publish(domain);
    fixture.clock.pass(Duration.ofMinutes(6));
    upkeep.run();
    assertThat(fixture.service.get(other, domain.id()).state()).isEqualTo(State.VERIFIED);
  }

  @Test
  void aDomainThatThereIsNoRoomForShouldStayDueAndSayNothingOfTheResolvers() throws Exception {
    for (int i = 0; i < 2; i++) {
      silent(DATABASE.tenant(), "d" + i + ".example");
    }
    SendingDomain crowded = fixture.service.create(context, "heron.example");
    silent(DATABASE.tenant(), "d3.example");
    silent(DATABASE.tenant(), "d4.example");
    fixture.clock.pass(Duration.ofMinutes(6));
    fixture.dns.asked.clear();
    new DomainUpkeep(DATABASE.transactions(), withoutRoomFor(crowded), fixture.clock).run();
    assertThat(fixture.dns.asked)
        .anyMatch(question -> question.contains("d3.example"))
        .noneMatch(question -> question.contains("d4.example"));

    fixture.publish(crowded);
    upkeep.run();
    assertThat(state(crowded)).isEqualTo(State.VERIFIED);
  }

  private SendingDomainService withoutRoomFor(SendingDomain crowded) {
    return (SendingDomainService)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SendingDomainService.class},
            (proxy, method, arguments) -> {
              if (arguments[1].equals(crowded.id())) {
                throw RookeryException.unavailable("No room", Duration.ofSeconds(5), null);
              }
              return method.invoke(fixture.service, arguments);
            });
  }

  private void silent(TenantContext tenant, String name) {
    fixture.clock.pass(Duration.ofSeconds(1));
    SendingDomain domain = fixture.service.create(tenant, name);
    domain.records().forEach(record -> fixture.dns.failing(record.host()));
    fixture.dns.failing(domain.returnPathHost());
  }

  @Test
  void aTenantShouldHaveABoundedPartOfWhatIsDue() {
    for (int i = 0; i < 3; i++) {
      fixture.service.create(context, "d" + i + ".example");
    }
    TenantContext other = DATABASE.tenant();
    SendingDomain theirs = fixture.service.create(other, "heron.example");
    fixture.clock.pass(Duration.ofMinutes(6));
    List<DueDomain> due =
        DATABASE
            .transactions()
            .system(
                SystemPurpose.JOBS,
                system -> new DomainStore().due(system, fixture.clock.instant(), 2, 10));
    assertThat(due)
        .extracting(DueDomain::tenantId)
        .containsExactlyInAnyOrder(context.tenantId(), context.tenantId(), other.tenantId());
    assertThat(due).contains(new DueDomain(other.tenantId(), theirs.id()));
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
