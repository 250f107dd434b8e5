// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.function.LongSupplier;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells a proxy in front whether it may get a certificate for a host, in the manner of Caddy's
 * {@code on_demand_tls} {@code ask}: 200 for yes. Whoever asks learns what connecting to the host
 * would show as well. Thread-safe.
 */
@Component(service = RestResource.class)
@Address("/.well-known/rookery")
@Path("/")
@Public
public final class AskResource implements RestResource {

  /** Proxies ask once for each new name; more is somebody who tries names. */
  private static final int A_SECOND = 50;

  private static final long SECOND = 1_000_000_000L;

  private final LinkHosts hosts;
  private final LongSupplier nanos;
  private long since;
  private int asked;

  /** Asks a service. */
  @Activate
  public AskResource(@Reference LinkHosts hosts) {
    this(hosts, System::nanoTime);
  }

  /** Asks a service, by a clock. */
  public AskResource(LinkHosts hosts, LongSupplier nanos) {
    this.hosts = hosts;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /** Tells whether a certificate may be had for a host. */
  @GET
  @Path("ask")
  @Produces({MediaType.TEXT_PLAIN, MediaType.WILDCARD})
  @Operation(summary = "Tells a proxy whether it may get a certificate for a host: 200 or 404")
  @ApiResponse(
      responseCode = "200",
      description = "It may",
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @ApiResponse(
      responseCode = "404",
      description = "It may not",
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @ApiResponse(
      responseCode = "429",
      description = "Too many questions",
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  public Response askHost(
      @Parameter(description = "The host, without a port") @QueryParam("domain") String domain) {
    if (!admitted()) {
      return Response.status(429)
          .header("Retry-After", 1)
          .entity("Too many questions\n")
          .type(MediaType.TEXT_PLAIN)
          .build();
    }
    boolean known = domain != null && hosts.admits(domain);
    return Response.status(known ? 200 : 404)
        .entity(known ? "Yes\n" : "No\n")
        .type(MediaType.TEXT_PLAIN)
        .build();
  }

  private synchronized boolean admitted() {
    long now = nanos.getAsLong();
    if (now - since >= SECOND) {
      since = now;
      asked = 0;
    }
    return ++asked <= A_SECOND;
  }
}
