// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.MailboxDtos.DomainView;
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

/** The domains that the tenant may send for. */
@Component(service = RestResource.class)
@Address("/api/v1/domains")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.DOMAINS_READ)
public final class DomainResource implements RestResource {

  private final DomainService domains;

  /** Answers by the services. */
  @Activate
  public DomainResource(@Reference DomainService domains) {
    this.domains = domains;
  }

  /** Lists the domains that the operator trusts for the tenant. */
  @GET
  @Operation(summary = "Lists the domains that the operator trusts for the tenant")
  public Listing<DomainView> listDomains(@Context Call call) {
    return Listing.of(domains.trusted(call.context()), DomainView::of);
  }
}
