// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.MailboxDtos.BackendView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
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

/** The mail backends that are installed. */
@Component(service = RestResource.class)
@Address("/api/v1/backends")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.MAILBOXES_READ)
public final class BackendResource implements RestResource {

  private final BackendDirectory backends;

  /** Answers by the services. */
  @Activate
  public BackendResource(@Reference BackendDirectory backends) {
    this.backends = backends;
  }

  /** Lists the installed mail backends with the settings that they take. */
  @WithinWorkspaces
  @GET
  @Operation(summary = "Lists the installed mail backends with the settings that they take")
  public Listing<BackendView> listBackends(@Context Call call) {
    return Listing.of(backends.list(), BackendView::of);
  }
}
