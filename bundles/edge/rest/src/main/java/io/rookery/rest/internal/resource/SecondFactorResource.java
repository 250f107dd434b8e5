// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.Origin;
import io.rookery.api.people.SecondFactorService;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.PeopleDtos.CodeRequest;
import io.rookery.rest.internal.dto.PeopleDtos.EnrolmentRequest;
import io.rookery.rest.internal.dto.PeopleDtos.EnrolmentView;
import io.rookery.rest.internal.dto.PeopleDtos.FactorRemovalRequest;
import io.rookery.rest.internal.dto.PeopleDtos.RecoveryCodesView;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.Exchanges;
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
      summary = "Makes a secret for an authenticator; it counts once a code of it is confirmed",
      description = "Takes the password; a wrong one counts as a sign-in that failed.")
  public EnrolmentView createSecondFactor(@Context Call call, EnrolmentRequest request) {
    return EnrolmentView.of(factors.enrol(call.context(), request.toSecret(), origin()));
  }

  /** Takes the secret into use. */
  @POST
  @Path("confirm")
  @Operation(
      summary = "Takes the secret into use and shows ten recovery codes this once",
      description = "A wrong code counts as a sign-in that failed.")
  public RecoveryCodesView confirmSecondFactor(@Context Call call, CodeRequest request) {
    return RecoveryCodesView.of(factors.confirm(call.context(), request.checked(), origin()));
  }

  /** Ends its use. */
  @POST
  @Path("remove")
  @Operation(
      summary = "Ends the use of the second factor",
      description =
          "Takes the password, and a code or a recovery code; what is wrong counts as a sign-in that"
              + " failed.")
  public void removeSecondFactor(@Context Call call, FactorRemovalRequest request) {
    factors.remove(call.context(), request.toRemoval(), origin());
  }

  private static Origin origin() {
    return new Origin(Exchanges.sourceText(), null, Exchanges.requestId());
  }
}
