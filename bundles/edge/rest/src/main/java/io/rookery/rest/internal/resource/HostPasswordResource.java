// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.hosts.MailPasswordService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.RotationDtos.PasswordRequest;
import io.rookery.rest.internal.dto.RotationDtos.PasswordView;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The passwords of mailboxes that are replaced in files of hosts. */
@Component(service = RestResource.class)
@Address("/api/v1/host-passwords")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.HOSTS)
public final class HostPasswordResource implements RestResource {

  private final MailPasswordService passwords;

  /** Answers by the service. */
  @Activate
  public HostPasswordResource(@Reference MailPasswordService passwords) {
    this.passwords = passwords;
  }

  /** Lists the passwords that are replaced on a host. */
  @GET
  @Path("{host}")
  @RequiresScope(Scope.HOSTS_READ)
  @Operation(summary = "Lists the mailboxes whose passwords are replaced on a host")
  public Listing<PasswordView> listHostPasswords(@Context Call call, @PathParam("host") UUID host) {
    return Listing.of(passwords.list(call.context(), host), PasswordView::of);
  }

  /** Has a mailbox's password replaced on a host from now on. */
  @POST
  @Path("{host}")
  @Answers(201)
  @Operation(
      summary = "Has a mailbox's password replaced on a host from now on",
      description = "Nothing on the host changes before the first rotation.")
  public PasswordView createHostPassword(
      @Context Call call, @PathParam("host") UUID host, PasswordRequest request) {
    return PasswordView.of(passwords.register(call.context(), host, request.toNew()));
  }

  /** Shows where a password stands. */
  @GET
  @Path("{host}/{id}")
  @RequiresScope(Scope.HOSTS_READ)
  @Operation(summary = "Shows where a mailbox's password stands")
  public PasswordView getHostPassword(
      @Context Call call, @PathParam("host") UUID host, @PathParam("id") UUID id) {
    return PasswordView.of(passwords.get(call.context(), host, id));
  }

  /** Has a password replaced no more. */
  @DELETE
  @Path("{host}/{id}")
  @Operation(summary = "Has a mailbox's password replaced no more; it stays as it is")
  public void deleteHostPassword(
      @Context Call call, @PathParam("host") UUID host, @PathParam("id") UUID id) {
    passwords.remove(call.context(), host, id);
  }
}
