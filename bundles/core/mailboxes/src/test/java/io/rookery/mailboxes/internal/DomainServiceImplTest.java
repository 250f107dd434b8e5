// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import java.lang.reflect.Proxy;
import java.time.Clock;
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
