// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.SystemMailbox;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.SystemMailboxDtos.SystemMailboxRequest;
import io.rookery.rest.internal.dto.SystemMailboxDtos.SystemMailboxView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The mailbox of the operator's tenant that the platform's own mail leaves from. */
@Component(service = RestResource.class)
@Address("/api/v1/system-mailbox")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.ADMIN, operator = true)
public final class SystemMailboxResource implements RestResource {

  private final SystemMailbox mailbox;

  /** Answers by the service. */
  @Activate
  public SystemMailboxResource(@Reference SystemMailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Shows which mailbox it is. */
  @GET
  @Operation(summary = "Shows which mailbox the platform's own mail leaves from")
  public SystemMailboxView getSystemMailbox(@Context Call call) {
    return mailbox
        .find(call.context())
        .map(SystemMailboxView::of)
        .orElseThrow(() -> RookeryException.notFound("mailbox that is chosen"));
  }

  /** Chooses another one. */
  @PUT
  @Operation(
      summary =
          "Chooses the mailbox of the operator's tenant that the platform's own mail leaves from")
  public SystemMailboxView putSystemMailbox(@Context Call call, SystemMailboxRequest request) {
    return SystemMailboxView.of(mailbox.choose(call.context(), request.checked()));
  }
}
