// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.DeadLetters;
import io.rookery.api.tenancy.Scope;
import io.rookery.jobs.JobService;
import io.rookery.kernel.TenantContext;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.DeadLetterDtos.ReasonView;
import io.rookery.rest.internal.dto.DeadLetterDtos.RequeueRequest;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.SendingDtos.JobView;
import io.rookery.rest.internal.dto.SendingDtos.MessageView;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.DeadLetterParams;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Messages that were refused for good or given up. */
@Component(service = RestResource.class)
@Address("/api/v1/dead-letters")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.CAMPAIGNS_READ, or = Scope.MAIL_SEND_READ)
public final class DeadLetterResource implements RestResource {

  private final DeadLetters letters;
  private final JobService jobs;

  /** Answers by the services. */
  @Activate
  public DeadLetterResource(@Reference DeadLetters letters, @Reference JobService jobs) {
    this.letters = letters;
    this.jobs = jobs;
  }

  /** Lists dead letters, newest first. */
  @GET
  @Operation(summary = "Lists dead letters, newest first")
  public Listing<MessageView> listDeadLetters(
      @Context Call call, @BeanParam DeadLetterParams which, @BeanParam PageParams page) {
    return Listing.of(letters.list(call.context(), which.filter(), page.page()), MessageView::of);
  }

  /** Lists why they died, the most frequent reason first. */
  @GET
  @Path("reasons")
  @Operation(summary = "Lists why they died, the most frequent reason first")
  public Listing<ReasonView> listDeadLetterReasons(
      @Context Call call, @BeanParam DeadLetterParams which) {
    return Listing.of(letters.reasons(call.context(), which.filter()), ReasonView::of);
  }

  /** Puts all that a filter finds into the queue again, in a background job. */
  @POST
  @Path("requeue")
  @RequiresScope(Scope.MAIL_SEND)
  @Answers(value = 202, location = "/api/v1/jobs/")
  @Operation(summary = "Puts all that a filter finds into the queue again, in a background job")
  public JobView requeueDeadLetters(@Context Call call, RequeueRequest request) {
    TenantContext context = call.context();
    return JobView.of(
        jobs.get(context.withoutIdempotencyKey(), letters.requeue(context, request.toFilter())));
  }
}
