// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.SendingQueue;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.QueueDtos.QueueView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What waits and what failed, altogether. */
@Component(service = RestResource.class)
@Address("/api/v1/queue")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.MAILBOXES_READ)
public final class QueueResource implements RestResource {

  private final SendingQueue queue;

  /** Answers by the services. */
  @Activate
  public QueueResource(@Reference SendingQueue queue) {
    this.queue = queue;
  }

  /** Shows what waits and what failed, altogether. */
  @GET
  @Operation(summary = "Shows what waits and what failed, altogether")
  public QueueView getQueue(@Context Call call) {
    return QueueView.of(queue.totals(call.context()));
  }
}
