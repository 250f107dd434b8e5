// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.SecondFactorService;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.PeopleDtos.CodeRequest;
import io.rookery.rest.internal.dto.PeopleDtos.EnrolmentView;
import io.rookery.rest.internal.dto.PeopleDtos.RecoveryCodesView;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.PersonOnly;
import io.rookery.rest.internal.filter.WithinWorkspaces;
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

/** One's own second factor. */
@Component(service = RestResource.class)
@Address("/api/v1/second-factor")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@PersonOnly
@WithinWorkspaces
public final class SecondFactorResource implements RestResource {

  private final SecondFactorService factors;

  /** Answers by the services. */
  @Activate
  public SecondFactorResource(@Reference SecondFactorService factors) {
    this.factors = factors;
  }

  /** Makes a secret for an authenticator. */
  @POST
  @Answers(201)
  @Operation(
      summary = "Makes a secret for an authenticator; it counts once a code of it is confirmed")
  public EnrolmentView createSecondFactor(@Context Call call) {
    return EnrolmentView.of(factors.enrol(call.context()));
  }

  /** Takes the secret into use. */
  @POST
  @Path("confirm")
  @Operation(summary = "Takes the secret into use and shows ten recovery codes this once")
  public RecoveryCodesView confirmSecondFactor(@Context Call call, CodeRequest request) {
    return RecoveryCodesView.of(factors.confirm(call.context(), request.checked()));
  }

  /** Ends its use. */
  @POST
  @Path("remove")
  @Operation(summary = "Ends the use of the second factor; takes a code or a recovery code")
  public void removeSecondFactor(@Context Call call, CodeRequest request) {
    factors.remove(call.context(), request.checked());
  }
}
