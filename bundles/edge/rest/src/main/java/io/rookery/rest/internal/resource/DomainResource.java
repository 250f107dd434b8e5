// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.DomainDtos.DomainRequest;
import io.rookery.rest.internal.dto.DomainDtos.DomainView;
import io.rookery.rest.internal.dto.DomainDtos.TrustView;
import io.rookery.rest.internal.dto.LinkDtos.LinkHostView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
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

/** The domains that the tenant sends for. */
@Component(service = RestResource.class)
@Address("/api/v1/domains")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.DOMAINS)
public final class DomainResource implements RestResource {

  private final SendingDomainService domains;
  private final DomainService trust;
  private final LinkHosts links;

  /** Answers by the services. */
  @Activate
  public DomainResource(
      @Reference SendingDomainService domains,
      @Reference DomainService trust,
      @Reference LinkHosts links) {
    this.domains = domains;
    this.trust = trust;
    this.links = links;
  }

  /** Lists the domains. */
  @WithinWorkspaces
  @GET
  @RequiresScope(Scope.DOMAINS_READ)
  @Operation(summary = "Lists the domains")
  public Listing<DomainView> listDomains(
      @Context Call call, @QueryParam("workspace") UUID workspace, @BeanParam PageParams page) {
    return Listing.of(domains.list(call.within(workspace), page.page()), DomainView::of);
  }

  /** Makes a domain and its DKIM keys. */
  @POST
  @Answers(value = 201, location = "/api/v1/domains/")
  @Operation(summary = "Makes a domain and its DKIM keys")
  public DomainView createDomain(@Context Call call, DomainRequest request) {
    return DomainView.of(domains.create(call.context(), request.toName(), request.workspaceId()));
  }

  /** Lists the domains that the operator trusts for the tenant. */
  @GET
  @Path("trusted")
  @RequiresScope(Scope.DOMAINS_READ)
  @Operation(summary = "Lists the domains that the operator trusts for the tenant")
  public Listing<TrustView> listTrustedDomains(@Context Call call) {
    return Listing.of(trust.trusted(call.context()), TrustView::of);
  }

  /** Lists the hosts that links in mail lead to. */
  @GET
  @Path("link-hosts")
  @RequiresScope(Scope.DOMAINS_READ)
  @Operation(summary = "Lists the hosts that links in mail lead to, also of domains that are gone")
  public Listing<LinkHostView> listLinkHosts(@Context Call call) {
    return Listing.of(links.list(call.context()), LinkHostView::of);
  }

  /** Shows a domain with its records and what was last seen of them. */
  @WithinWorkspaces
  @GET
  @Path("{id}")
  @RequiresScope(Scope.DOMAINS_READ)
  @Operation(summary = "Shows a domain with its records and what was last seen of them")
  public DomainView getDomain(@Context Call call, @PathParam("id") UUID id) {
    return DomainView.of(domains.get(call.context(), id));
  }

  /** Removes a domain and its keys. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Removes a domain and its keys; mail from it goes unsigned from then on")
  public void deleteDomain(@Context Call call, @PathParam("id") UUID id) {
    domains.delete(call.context(), id);
  }

  /** Looks at a domain's records now. */
  @POST
  @Path("{id}/verify")
  @Operation(summary = "Looks at a domain's records now")
  public DomainView verifyDomain(@Context Call call, @PathParam("id") UUID id) {
    return DomainView.of(domains.verify(call.context(), id));
  }

  /** Makes new DKIM keys, which sign once their records have been seen. */
  @POST
  @Path("{id}/rotate-dkim")
  @Operation(summary = "Makes new DKIM keys, which sign once their records have been seen")
  public DomainView rotateDomainDkim(@Context Call call, @PathParam("id") UUID id) {
    return DomainView.of(domains.rotateDkim(call.context(), id));
  }
}
