// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.Origin;
import io.rookery.api.people.PasswordService;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.PasswordDtos.ResetAskRequest;
import io.rookery.rest.internal.dto.PasswordDtos.ResetAskedView;
import io.rookery.rest.internal.dto.PasswordDtos.ResetRequest;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Exchanges;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Passwords that were forgotten. */
@Component(service = RestResource.class)
@Address("/api/v1/password-resets")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Public
public final class PasswordResource implements RestResource {

  private final PasswordService passwords;

  /** Answers by the service. */
  @Activate
  public PasswordResource(@Reference PasswordService passwords) {
    this.passwords = passwords;
  }

  /** Asks for a link. */
  @POST
  @Answers(202)
  @Operation(
      summary = "Asks for a mail with a link that sets a new password within an hour",
      description = "The answer is the same whether or not the address has an account.")
  public ResetAskedView askPasswordReset(ResetAskRequest request) {
    passwords.askReset(request.checked(), origin());
    return ResetAskedView.SAME;
  }

  /** Sets the password. */
  @POST
  @Path("redeem")
  @Operation(
      summary = "Sets the password of the account that a mailed link is for, once",
      description = "All of the person's sessions end, and locks are lifted.")
  public void resetPassword(ResetRequest request) {
    request.check();
    passwords.reset(request.tokenSecret(), request.passwordSecret(), origin());
  }

  private static Origin origin() {
    return new Origin(Exchanges.sourceText(), null, Exchanges.requestId());
  }
}
