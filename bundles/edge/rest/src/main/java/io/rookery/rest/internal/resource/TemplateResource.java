// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.campaigns.TemplateService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.CampaignDtos.TemplateRequest;
import io.rookery.rest.internal.dto.CampaignDtos.TemplateView;
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

/** Templates. */
@Component(service = RestResource.class)
@Address("/api/v1/templates")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.TEMPLATES)
@WithinWorkspaces
public final class TemplateResource implements RestResource {

  private final TemplateService templates;

  /** Answers by the services. */
  @Activate
  public TemplateResource(@Reference TemplateService templates) {
    this.templates = templates;
  }

  /** Lists the templates. */
  @GET
  @RequiresScope(Scope.TEMPLATES_READ)
  @Operation(summary = "Lists the templates")
  public Listing<TemplateView> listTemplates(
      @Context Call call, @QueryParam("workspace") UUID workspace, @BeanParam PageParams page) {
    return Listing.of(templates.list(call.within(workspace), page.page()), TemplateView::of);
  }

  /** Makes a template. */
  @POST
  @Answers(value = 201, location = "/api/v1/templates/")
  @Operation(summary = "Makes a template")
  public TemplateView createTemplate(@Context Call call, TemplateRequest request) {
    return TemplateView.of(templates.create(call.context(), request.toNew()));
  }

  /** Shows a template. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.TEMPLATES_READ)
  @Operation(summary = "Shows a template")
  public TemplateView getTemplate(@Context Call call, @PathParam("id") UUID id) {
    return TemplateView.of(templates.get(call.context(), id));
  }

  /** Changes a template; what is left out stays. */
  @PATCH
  @Path("{id}")
  @Operation(summary = "Changes a template; what is left out stays")
  public TemplateView updateTemplate(
      @Context Call call,
      @PathParam("id") UUID id,
      @HeaderParam("If-Match") String ifMatch,
      TemplateRequest request) {
    long expected = IfMatch.version(ifMatch);
    return TemplateView.of(templates.update(call.context(), id, request.toData(), expected));
  }

  /** Removes a template; campaigns that were started keep their content. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Removes a template; campaigns that were started keep their content")
  public void deleteTemplate(@Context Call call, @PathParam("id") UUID id) {
    templates.delete(call.context(), id);
  }
}
