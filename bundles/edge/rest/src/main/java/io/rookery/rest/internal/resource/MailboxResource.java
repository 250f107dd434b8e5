// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.MailboxConsents;
import io.rookery.api.mailboxes.MailboxImports;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.sending.MailboxStandings;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.ConsentDtos.ConsentRequest;
import io.rookery.rest.internal.dto.ConsentDtos.ConsentView;
import io.rookery.rest.internal.dto.ConsentDtos.StartedView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.MailboxDtos.CheckView;
import io.rookery.rest.internal.dto.MailboxDtos.MailboxRequest;
import io.rookery.rest.internal.dto.MailboxDtos.MailboxView;
import io.rookery.rest.internal.dto.MailboxImportDtos.ResultView;
import io.rookery.rest.internal.dto.TenantDtos.ReasonRequest;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.LargeBody;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
import io.rookery.rest.internal.param.Checks;
import io.rookery.rest.internal.param.IfMatch;
import io.rookery.rest.internal.param.PageParams;
import io.rookery.rest.internal.param.Uploads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.InputStream;
import java.time.Duration;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Mailboxes that mail is sent from. */
@Component(service = RestResource.class)
@Address("/api/v1/mailboxes")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.MAILBOXES)
public final class MailboxResource implements RestResource {

  private static final int LARGEST_FILE = 2 << 20;

  private final MailboxService mailboxes;
  private final MailboxConsents consents;
  private final MailboxImports imports;
  private final MailboxViews views;

  /** Answers by the services. */
  @Activate
  public MailboxResource(
      @Reference MailboxService mailboxes,
      @Reference MailboxConsents consents,
      @Reference MailboxImports imports,
      @Reference MailboxStandings standings) {
    this.mailboxes = mailboxes;
    this.consents = consents;
    this.imports = imports;
    this.views = new MailboxViews(standings);
  }

  /** Lists the mailboxes. */
  @WithinWorkspaces
  @GET
  @RequiresScope(Scope.MAILBOXES_READ)
  @Operation(summary = "Lists the mailboxes")
  public Listing<MailboxView> listMailboxes(
      @Context Call call, @QueryParam("workspace") UUID workspace, @BeanParam PageParams page) {
    return views.page(call.context(), mailboxes.list(call.within(workspace), page.page()));
  }

  /** Makes a mailbox. */
  @WithinWorkspaces
  @POST
  @Answers(value = 201, location = "/api/v1/mailboxes/")
  @Operation(summary = "Makes a mailbox")
  public MailboxView createMailbox(@Context Call call, MailboxRequest request) {
    return views.one(call.context(), mailboxes.create(call.context(), request.toNew()));
  }

  /** Shows a mailbox without its secrets. */
  @WithinWorkspaces
  @GET
  @Path("{id}")
  @RequiresScope(Scope.MAILBOXES_READ)
  @Operation(summary = "Shows a mailbox without its secrets")
  public MailboxView getMailbox(@Context Call call, @PathParam("id") UUID id) {
    return views.one(call.context(), mailboxes.get(call.context(), id));
  }

  /** Changes a mailbox; what is left out stays. */
  @WithinWorkspaces
  @PATCH
  @Path("{id}")
  @Operation(summary = "Changes a mailbox; what is left out stays")
  public MailboxView updateMailbox(
      @Context Call call,
      @PathParam("id") UUID id,
      @HeaderParam("If-Match") String ifMatch,
      MailboxRequest request) {
    long expected = IfMatch.version(ifMatch);
    return views.one(
        call.context(), mailboxes.update(call.context(), id, request.toData(), expected));
  }

  /** Removes a mailbox and its secrets. */
  @WithinWorkspaces
  @DELETE
  @Path("{id}")
  @Operation(summary = "Removes a mailbox and its secrets")
  public void deleteMailbox(@Context Call call, @PathParam("id") UUID id) {
    mailboxes.delete(call.context(), id);
  }

  /** Stops sending from a mailbox; what is queued waits. */
  @WithinWorkspaces
  @POST
  @Path("{id}/pause")
  @Operation(summary = "Stops sending from a mailbox; what is queued waits")
  public MailboxView pauseMailbox(
      @Context Call call, @PathParam("id") UUID id, ReasonRequest request) {
    new Checks().text("/reason", request.reason()).longest("/reason", request.reason(), 200).done();
    return views.one(call.context(), mailboxes.pause(call.context(), id, request.reason()));
  }

  /** Lets a mailbox send again. */
  @WithinWorkspaces
  @POST
  @Path("{id}/resume")
  @Operation(summary = "Lets a mailbox send again")
  public MailboxView resumeMailbox(@Context Call call, @PathParam("id") UUID id) {
    return views.one(call.context(), mailboxes.resume(call.context(), id));
  }

  /** Signs in at the backend without sending. */
  @WithinWorkspaces
  @POST
  @Path("{id}/check")
  @Operation(summary = "Signs in at the backend without sending")
  public CheckView checkMailbox(@Context Call call, @PathParam("id") UUID id) {
    try {
      mailboxes.check(call.context(), id);
      return new CheckView(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RookeryException.unavailable("The check was interrupted", Duration.ofSeconds(5), e);
    }
  }

  /** Shows whether somebody has consented for a mailbox, and at which providers one can. */
  @GET
  @Path("{id}/oauth")
  @RequiresScope(Scope.MAILBOXES_READ)
  @Operation(summary = "Shows whether a mailbox is connected by OAuth 2, and what it could be by")
  public ConsentView getMailboxConsent(@Context Call call, @PathParam("id") UUID id) {
    return ConsentView.of(consents.get(call.context(), id), consents.providers());
  }

  /** Begins to connect a mailbox by OAuth 2. */
  @POST
  @Path("{id}/oauth/start")
  @Operation(summary = "Begins to connect a mailbox by OAuth 2; its owner consents at the address")
  public StartedView startMailboxConsent(
      @Context Call call, @PathParam("id") UUID id, ConsentRequest request) {
    return StartedView.of(consents.start(call.context(), id, request.name()));
  }

  /** Makes a mailbox of each row of a CSV file; with check, signs in to them in the background. */
  @POST
  @Path("import")
  @Consumes("text/csv")
  @LargeBody
  @Operation(
      summary =
          "Makes a mailbox of each row of a CSV file; with check, signs in to them in the"
              + " background")
  public ResultView importMailboxes(
      @Context Call call,
      @QueryParam("check") @DefaultValue("false") Boolean check,
      @Parameter(hidden = true) InputStream csv) {
    return ResultView.of(imports.importCsv(call.context(), Uploads.text(csv, LARGEST_FILE), check));
  }
}
