// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import io.rookery.api.plans.Subscription;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.api.plans.Subscriptions;
import io.rookery.api.tenancy.ApiKey;
import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.api.tenancy.ApiKeyService.CreatedKey;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.rest.internal.dto.PlanDtos.EntitlementRequest;
import io.rookery.rest.internal.dto.PlanDtos.SubscriptionRequest;
import io.rookery.rest.internal.dto.PlanDtos.SubscriptionView;
import io.rookery.rest.internal.dto.TenantDtos.KeyRequest;
import io.rookery.rest.internal.filter.Call;
import io.rookery.spi.plugin.Secret;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** With whose rights the operator makes keys. */
class TenantResourceTest {

  private static final UUID OPERATOR = new UUID(0, 1);
  private static final UUID TENANT = new UUID(0, 2);
  private static final UUID KEY = new UUID(0, 3);

  private TenantContext context;
  private Set<Scope> holder;
  private List<Object> decided;

  private final TenantResource resource =
      new TenantResource(
          fake(TenantService.class, arguments -> Optional.of(tenant((String) arguments[1]))),
          fake(ApiKeyService.class, this::create),
          fake(Subscriptions.class, this::decide));

  @Test
  void aKeyOfTheOperatorsOwnShouldGrantNoMoreThanItsMakerHas() {
    make(OPERATOR, Mode.LIVE);
    assertThat(context.tenantId()).isEqualTo(OPERATOR);
    assertThat(holder).containsExactly(Scope.ADMIN);
  }

  @Test
  void aTenantsFirstKeyMayHaveEveryScope() {
    make(TENANT, Mode.LIVE);
    assertThat(context.tenantId()).isEqualTo(TENANT);
    assertThat(holder).isEqualTo(EnumSet.allOf(Scope.class));
  }

  @Test
  void theMakersModeShouldStayWhatItIs() {
    make(TENANT, Mode.TEST);
    assertThat(context.mode()).isEqualTo(Mode.TEST);
    make(TENANT, Mode.LIVE);
    assertThat(context.mode()).isEqualTo(Mode.LIVE);
  }

  @Test
  void theOperatorsLimitsShouldBeThoseOfTheTenantThatIsNamed() {
    Actor actor = new Actor(Actor.Kind.OPERATOR, KEY.toString());
    Call call =
        new Call(
            new Caller(OPERATOR, KEY, Set.of(Scope.ADMIN), Mode.LIVE, true, false),
            new TenantContext(OPERATOR, actor, "r", null, Mode.LIVE));
    SubscriptionView shown =
        resource.putTenantEntitlement(
            call, TENANT.toString(), Entitlement.DOMAINS, new EntitlementRequest(7L));
    assertThat(decided).isEqualTo(List.of(TENANT, Entitlement.DOMAINS, 7L));
    assertThat(shown.tenantId()).isEqualTo(TENANT);
    resource.putTenantSubscription(
        call, TENANT.toString(), new SubscriptionRequest("business", Interval.YEAR));
    assertThat(decided).isEqualTo(List.of(TENANT, "business", Interval.YEAR));
    resource.deleteTenantEntitlement(call, TENANT.toString(), Entitlement.DOMAINS);
    assertThat(decided).isEqualTo(List.of(TENANT, Entitlement.DOMAINS));
  }

  private Object decide(Object[] arguments) {
    assertThat(((TenantContext) arguments[0]).tenantId()).isEqualTo(OPERATOR);
    decided = List.of(arguments).subList(1, arguments.length);
    Plan plan = new Plan("business", "Business", 30, true, Map.of(), null);
    return new Subscription((UUID) arguments[1], plan, null, null, null, null, null, List.of());
  }

  private void make(UUID tenant, Mode mode) {
    Caller caller = new Caller(OPERATOR, KEY, Set.of(Scope.ADMIN), mode, true, false);
    Actor actor = new Actor(Actor.Kind.OPERATOR, KEY.toString());
    resource.createTenantApiKey(
        new Call(caller, new TenantContext(OPERATOR, actor, "r", null, mode)),
        tenant.toString(),
        new KeyRequest("Key", List.of("contacts"), Mode.LIVE, null, null, null));
  }

  @SuppressWarnings("unchecked")
  private CreatedKey create(Object[] arguments) {
    context = (TenantContext) arguments[0];
    NewApiKey wanted = (NewApiKey) arguments[1];
    holder = (Set<Scope>) arguments[2];
    ApiKey key =
        new ApiKey(
            KEY,
            wanted.name(),
            wanted.scopes(),
            wanted.addresses(),
            wanted.mode(),
            "hint",
            Instant.EPOCH,
            null,
            null,
            null);
    return new CreatedKey(key, Secret.of("rky_live_x"));
  }

  private static Tenant tenant(String id) {
    return new Tenant(
        UUID.fromString(id), "slug", "Name", null, Tenant.Status.ACTIVE, 1, Instant.EPOCH, 1);
  }

  private static <T> T fake(Class<T> service, Function<Object[], Object> answer) {
    return service.cast(
        Proxy.newProxyInstance(
            service.getClassLoader(),
            new Class<?>[] {service},
            (proxy, method, arguments) -> answer.apply(arguments)));
  }
}
