// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.FallbackDtos.FallbackView;
import io.rookery.rest.internal.dto.FallbackDtos.FallbacksRequest;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.MailboxDtos.CheckView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The servers that a mailbox's mail goes by while its own is away. */
@Component(service = RestResource.class)
@Address("/api/v1/mailbox-fallbacks")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.MAILBOXES)
public final class MailboxFallbackResource implements RestResource {

  private final MailboxFallbacks fallbacks;

  /** Answers by the service. */
  @Activate
  public MailboxFallbackResource(@Reference MailboxFallbacks fallbacks) {
    this.fallbacks = fallbacks;
  }

  /** Lists a mailbox's fallbacks in their order. */
  @GET
  @Path("{mailbox}")
  @RequiresScope(Scope.MAILBOXES_READ)
  @Operation(summary = "Lists a mailbox's fallbacks in their order, without their secrets")
  public Listing<FallbackView> listMailboxFallbacks(
      @Context Call call, @PathParam("mailbox") UUID mailbox) {
    return Listing.of(fallbacks.list(call.context(), mailbox), FallbackView::of);
  }

  /** Puts a list in the place of a mailbox's fallbacks. */
  @PATCH
  @Path("{mailbox}")
  @Operation(summary = "Puts a list in the place of a mailbox's fallbacks")
  public Listing<FallbackView> replaceMailboxFallbacks(
      @Context Call call, @PathParam("mailbox") UUID mailbox, FallbacksRequest request) {
    return Listing.of(
        fallbacks.replace(call.context(), mailbox, request.toData()), FallbackView::of);
  }

  /** Signs in at a fallback without sending. */
  @POST
  @Path("{mailbox}/{fallback}/check")
  @Operation(summary = "Signs in at a mailbox's fallback without sending")
  public CheckView checkMailboxFallback(
      @Context Call call,
      @PathParam("mailbox") UUID mailbox,
      @PathParam("fallback") UUID fallback) {
    try {
      fallbacks.check(call.context(), mailbox, fallback);
      return new CheckView(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RookeryException.unavailable("The check was interrupted", Duration.ofSeconds(5), e);
    }
  }
}
