// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.UserService;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.PeopleDtos.PersonView;
import io.rookery.rest.internal.dto.TenantDtos;
import io.rookery.rest.internal.dto.TenantDtos.MeView;
import io.rookery.rest.internal.dto.TenantDtos.TenantPatch;
import io.rookery.rest.internal.dto.TenantDtos.TenantView;
import io.rookery.rest.internal.filter.Authenticated;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
import io.rookery.rest.internal.param.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.PATCH;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who asks, and the own tenant. */
@Component(service = RestResource.class)
@Address("/api/v1/me")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class MeResource implements RestResource {

  private final TenantService tenants;
  private final UserService users;

  /** Answers by the services. */
  @Activate
  public MeResource(@Reference TenantService tenants, @Reference UserService users) {
    this.tenants = tenants;
    this.users = users;
  }

  /** Shows the own tenant, who asks and what they may do. */
  @WithinWorkspaces
  @GET
  @Authenticated
  @Operation(summary = "Shows the own tenant, the key or the person, and what they may do")
  public MeView getMe(@Context Call call) {
    return view(call, tenants.get(call.context()));
  }

  /** Changes the own tenant. */
  @PATCH
  @RequiresScope(Scope.ADMIN)
  @Operation(summary = "Changes the own tenant")
  public MeView updateMe(
      @Context Call call, @HeaderParam("If-Match") String ifMatch, TenantPatch patch) {
    long expected = IfMatch.version(ifMatch);
    Tenant present = tenants.get(call.context());
    if (expected != 0 && expected != present.version()) {
      throw new RookeryException(
          CommonErrors.PRECONDITION_FAILED, "The tenant has another version than If-Match names");
    }
    return view(call, tenants.update(call.context(), patch.toChange()));
  }

  private MeView view(Call call, Tenant tenant) {
    Caller caller = call.caller();
    boolean person = call.context().actor().kind() == Actor.Kind.USER;
    return new MeView(
        TenantView.of(tenant),
        person ? null : caller.keyId(),
        person ? PersonView.of(users.self(call.context())) : null,
        person ? caller.keyId() : null,
        caller.mode(),
        TenantDtos.wire(caller.scopes()),
        caller.operator());
  }
}
