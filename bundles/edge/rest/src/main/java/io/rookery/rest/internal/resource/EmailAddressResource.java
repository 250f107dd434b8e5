// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.EmailAddressService;
import io.rookery.api.people.Origin;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.EmailAddressDtos.AddressAskedView;
import io.rookery.rest.internal.dto.EmailAddressDtos.AddressChangeRequest;
import io.rookery.rest.internal.dto.EmailAddressDtos.AddressVerifyRequest;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.Exchanges;
import io.rookery.rest.internal.filter.PersonOnly;
import io.rookery.rest.internal.filter.Public;
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

/** The address that one signs in with. */
@Component(service = RestResource.class)
@Address("/api/v1/email-address")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@PersonOnly
@WithinWorkspaces
public final class EmailAddressResource implements RestResource {

  private final EmailAddressService addresses;

  /** Answers by the service. */
  @Activate
  public EmailAddressResource(@Reference EmailAddressService addresses) {
    this.addresses = addresses;
  }

  /** Asks for a link. */
  @POST
  @Path("verification")
  @Answers(202)
  @Operation(summary = "Asks for a mail with a link that verifies one's own address within a day")
  public AddressAskedView askAddressVerification(@Context Call call) {
    addresses.askVerification(call.context());
    return AddressAskedView.PRESENT;
  }

  /** Asks for a link to another address. */
  @POST
  @Path("change")
  @Answers(202)
  @Operation(
      summary = "Asks for a mail with a link to another address, which makes it one's own",
      description =
          "The present address is told. Nothing changes before the link is used, which works for a"
              + " day. The answer is the same whether or not another account has the address.")
  public AddressAskedView askAddressChange(@Context Call call, AddressChangeRequest request) {
    addresses.askChange(call.context(), request.toNew(), origin());
    return AddressAskedView.OTHER;
  }

  /** Verifies an address. */
  @POST
  @Path("verify")
  @Public
  @Operation(
      summary = "Verifies the address that a mailed link went to, once",
      description = "Where the link is of a change, the account has the address from then on.")
  public void verifyAddress(AddressVerifyRequest request) {
    addresses.redeem(request.toSecret(), origin());
  }

  private static Origin origin() {
    return new Origin(Exchanges.sourceText(), null, Exchanges.requestId());
  }
}
