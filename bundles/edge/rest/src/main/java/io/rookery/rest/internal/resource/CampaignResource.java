// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.sending.SendingService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.CampaignDtos.CampaignRequest;
import io.rookery.rest.internal.dto.CampaignDtos.CampaignView;
import io.rookery.rest.internal.dto.CampaignDtos.FindingView;
import io.rookery.rest.internal.dto.CampaignDtos.PreviewView;
import io.rookery.rest.internal.dto.CampaignDtos.ProgressView;
import io.rookery.rest.internal.dto.CampaignDtos.TestRequest;
import io.rookery.rest.internal.dto.CampaignDtos.TestView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
import io.rookery.rest.internal.param.IfMatch;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
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

/** Campaigns. */
@Component(service = RestResource.class)
@Address("/api/v1/campaigns")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.CAMPAIGNS)
@WithinWorkspaces
public final class CampaignResource implements RestResource {

  private final CampaignService campaigns;
  private final SendingService sending;

  /** Answers by the services. */
  @Activate
  public CampaignResource(@Reference CampaignService campaigns, @Reference SendingService sending) {
    this.campaigns = campaigns;
    this.sending = sending;
  }

  /** Lists the campaigns, newest first. */
  @GET
  @RequiresScope(Scope.CAMPAIGNS_READ)
  @Operation(summary = "Lists the campaigns, newest first")
  public Listing<CampaignView> listCampaigns(
      @Context Call call, @QueryParam("workspace") UUID workspace, @BeanParam PageParams page) {
    return Listing.of(campaigns.list(call.within(workspace), page.page()), CampaignView::of);
  }

  /** Makes a draft. */
  @POST
  @Answers(value = 201, location = "/api/v1/campaigns/")
  @Operation(summary = "Makes a draft")
  public CampaignView createCampaign(@Context Call call, CampaignRequest request) {
    return CampaignView.of(campaigns.create(call.context(), request.toNew()));
  }

  /** Shows a campaign. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.CAMPAIGNS_READ)
  @Operation(summary = "Shows a campaign")
  public CampaignView getCampaign(@Context Call call, @PathParam("id") UUID id) {
    return CampaignView.of(campaigns.get(call.context(), id));
  }

  /** Changes a campaign that has not started; what is left out stays. */
  @PATCH
  @Path("{id}")
  @Operation(summary = "Changes a campaign that has not started; what is left out stays")
  public CampaignView updateCampaign(
      @Context Call call,
      @PathParam("id") UUID id,
      @HeaderParam("If-Match") String ifMatch,
      CampaignRequest request) {
    long expected = IfMatch.version(ifMatch);
    return CampaignView.of(campaigns.update(call.context(), id, request.toData(), expected));
  }

  /** Removes a draft. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Removes a draft")
  public void deleteCampaign(@Context Call call, @PathParam("id") UUID id) {
    campaigns.delete(call.context(), id);
  }

  /** Starts a campaign, or schedules it where it says when. */
  @POST
  @Path("{id}/start")
  @Operation(summary = "Starts a campaign, or schedules it where it says when")
  public CampaignView startCampaign(@Context Call call, @PathParam("id") UUID id) {
    return CampaignView.of(campaigns.start(call.context(), id));
  }

  /** Pauses a running campaign. */
  @POST
  @Path("{id}/pause")
  @Operation(summary = "Pauses a running campaign")
  public CampaignView pauseCampaign(@Context Call call, @PathParam("id") UUID id) {
    return CampaignView.of(campaigns.pause(call.context(), id));
  }

  /** Lets a paused campaign go on. */
  @POST
  @Path("{id}/resume")
  @Operation(summary = "Lets a paused campaign go on")
  public CampaignView resumeCampaign(@Context Call call, @PathParam("id") UUID id) {
    return CampaignView.of(campaigns.resume(call.context(), id));
  }

  /** Ends a campaign for good. */
  @POST
  @Path("{id}/cancel")
  @Operation(summary = "Ends a campaign for good")
  public CampaignView cancelCampaign(@Context Call call, @PathParam("id") UUID id) {
    return CampaignView.of(campaigns.cancel(call.context(), id));
  }

  /** Sends the content to a few addresses now, marked as a test. */
  @POST
  @Path("{id}/test")
  @Answers(202)
  @Operation(summary = "Sends the content to a few addresses now, marked as a test")
  public TestView testCampaign(@Context Call call, @PathParam("id") UUID id, TestRequest request) {
    return new TestView(sending.sendTest(call.context(), id, request.checked()).messageIds());
  }

  /** Runs the checks before a start and lists those that fail. */
  @GET
  @Path("{id}/check")
  @RequiresScope(Scope.CAMPAIGNS_READ)
  @Operation(summary = "Runs the checks before a start and lists those that fail")
  public Listing<FindingView> checkCampaign(@Context Call call, @PathParam("id") UUID id) {
    return Listing.of(campaigns.check(call.context(), id), FindingView::of);
  }

  /** Renders the campaign for a contact, or for made-up data. */
  @GET
  @Path("{id}/preview")
  @RequiresScope(Scope.CAMPAIGNS_READ)
  @Operation(summary = "Renders the campaign for a contact, or for made-up data")
  public PreviewView previewCampaign(
      @Context Call call, @PathParam("id") UUID id, @QueryParam("contact_id") UUID contactId) {
    return PreviewView.of(campaigns.preview(call.context(), id, contactId));
  }

  /** Tells how far a campaign is. */
  @GET
  @Path("{id}/progress")
  @RequiresScope(Scope.CAMPAIGNS_READ)
  @Operation(summary = "Tells how far a campaign is")
  public ProgressView getCampaignProgress(@Context Call call, @PathParam("id") UUID id) {
    return ProgressView.of(sending.progress(call.context(), id));
  }
}
