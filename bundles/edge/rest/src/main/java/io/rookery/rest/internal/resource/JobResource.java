// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.tenancy.Scope;
import io.rookery.jobs.JobService;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.SendingDtos.JobView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
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

/** Background jobs. */
@Component(service = RestResource.class)
@Address("/api/v1/jobs")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.CONTACTS_READ, or = Scope.MAIL_SEND_READ)
public final class JobResource implements RestResource {

  private final JobService jobs;

  /** Answers by the services. */
  @Activate
  public JobResource(@Reference JobService jobs) {
    this.jobs = jobs;
  }

  /** Lists the jobs, newest first. */
  @GET
  @Operation(summary = "Lists the jobs, newest first")
  public Listing<JobView> listJobs(
      @Context Call call, @QueryParam("kind") String kind, @BeanParam PageParams page) {
    return Listing.of(jobs.list(call.context(), kind, page.page()), JobView::of);
  }

  /** Shows a job and how far it is. */
  @GET
  @Path("{id}")
  @Operation(summary = "Shows a job and how far it is")
  public JobView getJob(@Context Call call, @PathParam("id") UUID id) {
    return JobView.of(jobs.get(call.context(), id));
  }

  /** Asks a job to stop. */
  @POST
  @Path("{id}/cancel")
  @RequiresScope(value = Scope.CONTACTS, or = Scope.MAIL_SEND)
  @Operation(summary = "Asks a job to stop")
  public JobView cancelJob(@Context Call call, @PathParam("id") UUID id) {
    return JobView.of(jobs.cancel(call.context(), id));
  }
}
