// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.UnlockService;
import io.rookery.api.people.UserService;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.PeopleDtos.EmailRequest;
import io.rookery.rest.internal.dto.PeopleDtos.MemberView;
import io.rookery.rest.internal.dto.PeopleDtos.PersonView;
import io.rookery.rest.internal.dto.PeopleDtos.UserRequest;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** People's accounts, for the operator. */
@Component(service = RestResource.class)
@Address("/api/v1/users")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.ADMIN, operator = true)
public final class UserResource implements RestResource {

  private final UserService users;
  private final UnlockService unlocks;
  private final TenantService tenants;

  /** Answers by the services. */
  @Activate
  public UserResource(
      @Reference UserService users,
      @Reference UnlockService unlocks,
      @Reference TenantService tenants) {
    this.unlocks = unlocks;
    this.users = users;
    this.tenants = tenants;
  }

  /** Makes an account and a membership, such as a tenant's first owner. */
  @POST
  @Answers(201)
  @Operation(summary = "Makes an account and a membership, such as a tenant's first owner")
  public MemberView createUser(@Context Call call, UserRequest request) {
    request.check();
    Tenant tenant =
        tenants
            .find(call.context(), request.tenant())
            .orElseThrow(() -> RookeryException.invalid("/tenant", "There is no such tenant"));
    return MemberView.of(users.create(call.context(), tenant.id(), request.toNew()));
  }

  /** Lifts the locks that failed sign-ins have put on an account. */
  @POST
  @Path("unlock")
  @Operation(summary = "Lifts the locks that failed sign-ins have put on an account")
  public PersonView unlockUser(@Context Call call, EmailRequest request) {
    new Checks().text("/email", request.email()).done();
    return PersonView.of(unlocks.unlock(call.context(), request.email()));
  }
}
