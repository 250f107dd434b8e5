// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Subscriptions;
import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.PlanDtos.EntitlementRequest;
import io.rookery.rest.internal.dto.PlanDtos.SubscriptionRequest;
import io.rookery.rest.internal.dto.PlanDtos.SubscriptionView;
import io.rookery.rest.internal.dto.TenantDtos.CreatedKeyView;
import io.rookery.rest.internal.dto.TenantDtos.KeyRequest;
import io.rookery.rest.internal.dto.TenantDtos.ReasonRequest;
import io.rookery.rest.internal.dto.TenantDtos.TenantRequest;
import io.rookery.rest.internal.dto.TenantDtos.TenantView;
import io.rookery.rest.internal.dto.TenantDtos.WeightRequest;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.Checks;
import io.rookery.rest.internal.param.IfMatch;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All tenants, for the operator. */
@Component(service = RestResource.class)
@Address("/api/v1/tenants")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.ADMIN, operator = true)
public final class TenantResource implements RestResource {

  private final TenantService tenants;
  private final ApiKeyService keys;

  private final Subscriptions subscriptions;

  /** Answers by the services. */
  @Activate
  public TenantResource(
      @Reference TenantService tenants,
      @Reference ApiKeyService keys,
      @Reference Subscriptions subscriptions) {
    this.tenants = tenants;
    this.keys = keys;
    this.subscriptions = subscriptions;
  }

  /** Lists all tenants, oldest first. */
  @GET
  @RequiresScope(value = Scope.ADMIN_READ, operator = true)
  @Operation(summary = "Lists all tenants, oldest first")
  public Listing<TenantView> listTenants(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(tenants.list(call.context(), page.page()), TenantView::of);
  }

  /** Makes a tenant. */
  @POST
  @Answers(value = 201, location = "/api/v1/tenants/")
  @Operation(summary = "Makes a tenant")
  public TenantView createTenant(@Context Call call, TenantRequest request) {
    return TenantView.of(tenants.create(call.context(), request.toNew()));
  }

  /** Shows a tenant, named by id or slug. */
  @GET
  @Path("{id}")
  @RequiresScope(value = Scope.ADMIN_READ, operator = true)
  @Operation(summary = "Shows a tenant, named by id or slug")
  public TenantView getTenant(@Context Call call, @PathParam("id") String id) {
    return TenantView.of(find(call, id));
  }

  /** Changes a tenant's weight. */
  @PATCH
  @Path("{id}")
  @Operation(
      summary = "Changes a tenant's weight",
      description =
          "Where tenants want more than a mail server takes, each gets its part by weight, within"
              + " two seconds on every node.")
  public TenantView updateTenant(
      @Context Call call,
      @PathParam("id") String id,
      @HeaderParam("If-Match") String ifMatch,
      WeightRequest request) {
    new Checks().given("/weight", request.weight()).done();
    long expected = IfMatch.version(ifMatch);
    Tenant present = find(call, id);
    if (expected != 0 && expected != present.version()) {
      throw new RookeryException(
          CommonErrors.PRECONDITION_FAILED, "The tenant has another version than If-Match names");
    }
    return TenantView.of(tenants.weigh(call.context(), present.id(), request.weight()));
  }

  /** Suspends a tenant: its sending stops and its keys read only. */
  @POST
  @Path("{id}/suspend")
  @Operation(summary = "Suspends a tenant: its sending stops and its keys read only")
  public TenantView suspendTenant(
      @Context Call call, @PathParam("id") String id, ReasonRequest request) {
    new Checks().text("/reason", request.reason()).longest("/reason", request.reason(), 200).done();
    UUID tenant = find(call, id).id();
    return TenantView.of(tenants.suspend(call.context(), tenant, request.reason()));
  }

  /** Lifts a suspension. */
  @POST
  @Path("{id}/resume")
  @Operation(summary = "Lifts a suspension")
  public TenantView resumeTenant(@Context Call call, @PathParam("id") String id) {
    return TenantView.of(tenants.resume(call.context(), find(call, id).id()));
  }

  /** Makes a key for a tenant, such as its first. */
  @POST
  @Path("{id}/api-keys")
  @Answers(value = 201, location = "/api/v1/api-keys/")
  @Operation(summary = "Makes a key for a tenant, such as its first")
  public CreatedKeyView createTenantApiKey(
      @Context Call call, @PathParam("id") String id, KeyRequest request) {
    Tenant tenant = find(call, id);
    return CreatedKeyView.of(
        keys.create(inside(call, tenant), request.toNew(), grantable(call, tenant)));
  }

  /** Shows a tenant's plan and how much of what it gives is used. */
  @GET
  @Path("{id}/subscription")
  @RequiresScope(value = Scope.ADMIN_READ, operator = true)
  @Operation(summary = "Shows a tenant's plan and how much of what it gives is used")
  public SubscriptionView getTenantSubscription(@Context Call call, @PathParam("id") String id) {
    return SubscriptionView.of(subscriptions.get(call.context(), find(call, id).id()));
  }

  /** Gives a tenant a plan at once, whether offered or not. */
  @PUT
  @Path("{id}/subscription")
  @Operation(summary = "Gives a tenant a plan at once, whether offered or not")
  public SubscriptionView putTenantSubscription(
      @Context Call call, @PathParam("id") String id, SubscriptionRequest request) {
    String plan = request.code();
    UUID tenant = find(call, id).id();
    return SubscriptionView.of(
        subscriptions.assign(call.context(), tenant, plan, request.interval()));
  }

  /** Sets a tenant's limit in place of its plan's. */
  @PUT
  @Path("{id}/entitlements/{entitlement}")
  @Operation(summary = "Sets a tenant's limit in place of its plan's; null for no limit")
  public SubscriptionView putTenantEntitlement(
      @Context Call call,
      @PathParam("id") String id,
      @PathParam("entitlement") Entitlement entitlement,
      EntitlementRequest request) {
    UUID tenant = find(call, id).id();
    return SubscriptionView.of(
        subscriptions.override(call.context(), tenant, entitlement, request.limit()));
  }

  /** Lets a tenant's plan decide again. */
  @DELETE
  @Path("{id}/entitlements/{entitlement}")
  @Operation(summary = "Lets the limit of a tenant's plan hold again")
  public void deleteTenantEntitlement(
      @Context Call call,
      @PathParam("id") String id,
      @PathParam("entitlement") Entitlement entitlement) {
    subscriptions.removeOverride(call.context(), find(call, id).id(), entitlement);
  }

  /** The operator may give a tenant any right, but no key of its own more than the key at hand. */
  private static Set<Scope> grantable(Call call, Tenant tenant) {
    boolean own = tenant.id().equals(call.context().tenantId());
    return own ? call.caller().scopes() : EnumSet.allOf(Scope.class);
  }

  private Tenant find(Call call, String id) {
    return tenants.find(call.context(), id).orElseThrow(() -> RookeryException.notFound("tenant"));
  }

  /** Returns the operator's context turned to a tenant. */
  private static TenantContext inside(Call call, Tenant tenant) {
    TenantContext own = call.context();
    return new TenantContext(
        tenant.id(), own.actor(), own.requestId(), own.idempotencyKey(), own.mode(), own.source());
  }
}
