// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DomainServiceImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext operator = DATABASE.tenant();
  private final TenantContext tenant = DATABASE.tenant();
  private final List<NewEvent> events = new ArrayList<>();
  private final DomainServiceImpl domains =
      new DomainServiceImpl(
          DATABASE.transactions(),
          tenants(),
          (tx, appended) -> events.addAll(appended),
          Clock.systemUTC());

  @Test
  void aTrustedDomainShouldCoverThoseBelowIt() {
    domains.trust(operator, tenant.tenantId(), "Bücher.example");

    assertThat(domains.maySend(tenant, "xn--bcher-kva.example")).isTrue();
    assertThat(domains.maySend(tenant, "news.bücher.example")).isTrue();
    assertThat(domains.maySend(tenant, "notbücher.example")).isFalse();
    assertThat(domains.maySend(tenant, "example")).isFalse();
    assertThat(domains.maySend(DATABASE.tenant(), "bücher.example")).isFalse();
  }

  @Test
  void aVerifiedDomainShouldLetItsTenantSendForItAndThoseBelow() {
    DomainFixture fixture = new DomainFixture(DATABASE);
    assertThat(domains.objection(tenant, "heron.example").orElseThrow()).contains("Add the domain");
    SendingDomain made = fixture.service.create(tenant, "heron.example");
    assertThat(domains.maySend(tenant, "heron.example")).isFalse();
    fixture.service.verify(tenant, made.id());
    assertThat(domains.objection(tenant, "news.heron.example").orElseThrow())
        .startsWith("Have the domain heron.example verified before sending: Publish the TXT record")
        .contains(made.selectors().get(0).name());

    fixture.publish(made);
    fixture.service.verify(tenant, made.id());
    assertThat(domains.maySend(tenant, "heron.example")).isTrue();
    assertThat(domains.maySend(tenant, "News.Heron.example")).isTrue();
    assertThat(domains.maySend(DATABASE.tenant(), "heron.example")).isFalse();

    fixture.unpublish(made, made.selectors().get(0));
    fixture.service.verify(tenant, made.id());
    assertThat(domains.maySend(tenant, "heron.example")).isTrue();
    fixture.clock.pass(Duration.ofHours(1));
    fixture.service.verify(tenant, made.id());
    assertThat(domains.objection(tenant, "heron.example").orElseThrow())
        .contains("no longer right");
  }

  @Test
  void trustingShouldBeRepeatableAndToldToBothLogsOnce() {
    domains.trust(operator, tenant.tenantId(), "example.com");
    domains.trust(operator, tenant.tenantId(), "EXAMPLE.com");
    assertThat(domains.trusted(tenant)).hasSize(1);
    assertThat(events)
        .extracting(NewEvent::type)
        .containsExactly("domain.trusted", "domain.trusted");

    domains.distrust(operator, tenant.tenantId(), "example.com");
    domains.distrust(operator, tenant.tenantId(), "example.com");
    assertThat(domains.maySend(tenant, "example.com")).isFalse();
    assertThat(events).hasSize(4);
  }

  @Test
  void onlyTheOperatorShouldTrust() {
    assertThatThrownBy(() -> domains.trust(tenant, tenant.tenantId(), "example.com"))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("forbidden"));
    assertThatThrownBy(() -> domains.trust(operator, tenant.tenantId(), "no domain"))
        .isInstanceOf(RookeryException.class);
    assertThat(domains.trusted(tenant)).isEmpty();
  }

  private TenantService tenants() {
    Tenant found =
        new Tenant(tenant.tenantId(), "t", "T", null, Tenant.Status.ACTIVE, 1, Instant.EPOCH, 1);
    return (TenantService)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TenantService.class},
            (proxy, method, arguments) ->
                method.getName().equals("find") ? Optional.of(found) : operator.tenantId());
  }
}
