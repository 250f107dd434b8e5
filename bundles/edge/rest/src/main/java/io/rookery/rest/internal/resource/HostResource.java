// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.hosts.HostService;
import io.rookery.api.hosts.SshKeyService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.HostDtos.HostPatch;
import io.rookery.rest.internal.dto.HostDtos.HostRequest;
import io.rookery.rest.internal.dto.HostDtos.HostView;
import io.rookery.rest.internal.dto.HostDtos.PinRequest;
import io.rookery.rest.internal.dto.HostDtos.PresentedView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.SshKeyDtos.DownloadView;
import io.rookery.rest.internal.dto.SshKeyDtos.KeyRequest;
import io.rookery.rest.internal.dto.SshKeyDtos.RevocationRequest;
import io.rookery.rest.internal.dto.SshKeyDtos.RotationRequest;
import io.rookery.rest.internal.dto.SshKeyDtos.SshKeyView;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
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
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The machines that the tenant has. */
@Component(service = RestResource.class)
@Address("/api/v1/hosts")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.HOSTS)
public final class HostResource implements RestResource {

  private final HostService hosts;
  private final SshKeyService keys;

  /** Answers by the services. */
  @Activate
  public HostResource(@Reference HostService hosts, @Reference SshKeyService keys) {
    this.hosts = hosts;
    this.keys = keys;
  }

  /** Lists the hosts. */
  @GET
  @RequiresScope(Scope.HOSTS_READ)
  @Operation(summary = "Lists the hosts")
  public Listing<HostView> listHosts(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(hosts.list(call.context(), page.page()), HostView::of);
  }

  /** Registers a host without talking to it. */
  @POST
  @Answers(value = 201, location = "/api/v1/hosts/")
  @Operation(summary = "Registers a host without talking to it")
  public HostView createHost(@Context Call call, HostRequest request) {
    return HostView.of(hosts.create(call.context(), request.toData()));
  }

  /** Shows a host. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.HOSTS_READ)
  @Operation(summary = "Shows a host")
  public HostView getHost(@Context Call call, @PathParam("id") UUID id) {
    return HostView.of(hosts.get(call.context(), id));
  }

  /** Changes a host; the pinned key stays. */
  @PATCH
  @Path("{id}")
  @Operation(summary = "Changes a host; the pinned key stays")
  public HostView updateHost(
      @Context Call call,
      @PathParam("id") UUID id,
      @HeaderParam("If-Match") String ifMatch,
      HostPatch request) {
    long expected = IfMatch.version(ifMatch);
    return HostView.of(hosts.update(call.context(), id, request.toData(), expected));
  }

  /** Forgets a host; on the host itself nothing changes. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Forgets a host; on the host itself nothing changes")
  public void deleteHost(@Context Call call, @PathParam("id") UUID id) {
    hosts.delete(call.context(), id);
  }

  /** Looks at the key that a host shows now. */
  @POST
  @Path("{id}/scan")
  @Operation(
      summary = "Looks at the key that a host shows now",
      description = "No credential is sent to the host, and nothing is pinned.")
  public PresentedView scanHost(@Context Call call, @PathParam("id") UUID id) {
    return PresentedView.of(hosts.scan(call.context(), id));
  }

  /** Pins the key that a host must show from now on. */
  @POST
  @Path("{id}/pin")
  @Operation(
      summary = "Pins the key that a host must show from now on",
      description = "The host has to show it now; a key that was pinned before is replaced.")
  public HostView pinHost(@Context Call call, @PathParam("id") UUID id, PinRequest request) {
    return HostView.of(hosts.pin(call.context(), id, request.fingerprint()));
  }

  /** Lists a host's keys, revoked ones too. */
  @GET
  @Path("{id}/keys")
  @RequiresScope(Scope.HOSTS_READ)
  @Operation(summary = "Lists a host's keys, revoked ones too")
  public Listing<SshKeyView> listHostKeys(@Context Call call, @PathParam("id") UUID id) {
    return Listing.of(keys.list(call.context(), id), SshKeyView::of);
  }

  /** Makes a key, puts it on the host and signs in by it. */
  @POST
  @Path("{id}/keys")
  @Answers(201)
  @Operation(
      summary = "Makes a key, puts it on the host and signs in by it",
      description =
          "What lets in for that, a password or a private key, is used this once and kept nowhere.")
  public SshKeyView createHostKey(
      @Context Call call, @PathParam("id") UUID id, KeyRequest request) {
    return SshKeyView.of(keys.install(call.context(), id, request.toNew()));
  }

  /** Shows a key without its private half. */
  @GET
  @Path("{id}/keys/{key}")
  @RequiresScope(Scope.HOSTS_READ)
  @Operation(summary = "Shows a key without its private half")
  public SshKeyView getHostKey(
      @Context Call call, @PathParam("id") UUID id, @PathParam("key") UUID key) {
    return SshKeyView.of(keys.get(call.context(), id, key));
  }

  /** Puts a new pair in place of the present one. */
  @POST
  @Path("{id}/keys/{key}/rotate")
  @Operation(
      summary = "Puts a new pair in place of the present one",
      description =
          "The new pair has signed in before it counts; where that fails the present one goes on.")
  public SshKeyView rotateHostKey(
      @Context Call call,
      @PathParam("id") UUID id,
      @PathParam("key") UUID key,
      RotationRequest request) {
    return SshKeyView.of(keys.rotate(call.context(), id, key, request.toRotation()));
  }

  /** Takes a key off the host. */
  @POST
  @Path("{id}/keys/{key}/revoke")
  @Operation(
      summary = "Takes a key off the host; it is used for nothing else from then on",
      description = "While the host cannot be reached the key is revoking, and it is tried again.")
  public SshKeyView revokeHostKey(
      @Context Call call,
      @PathParam("id") UUID id,
      @PathParam("key") UUID key,
      RevocationRequest request) {
    return SshKeyView.of(keys.revoke(call.context(), id, key, request.incidentId()));
  }

  /** Shows the private half of the present pair, once. */
  @POST
  @Path("{id}/keys/{key}/download")
  @RequiresScope(value = Scope.HOSTS, person = true)
  @Operation(
      summary = "Shows the private half of the present pair, once for each pair",
      description =
          "To somebody who is signed in alone. It is in the audit log before it is shown.")
  public DownloadView downloadHostKey(
      @Context Call call, @PathParam("id") UUID id, @PathParam("key") UUID key) {
    return DownloadView.of(keys.download(call.context(), id, key));
  }
}
