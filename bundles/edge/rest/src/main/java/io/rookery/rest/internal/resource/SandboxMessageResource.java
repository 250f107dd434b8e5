// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.SendingDtos.CaughtContentView;
import io.rookery.rest.internal.dto.SendingDtos.CaughtView;
import io.rookery.rest.internal.dto.SendingDtos.ClearedView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.mime.MailParser;
import io.rookery.rest.internal.param.PageParams;
import io.rookery.spi.mail.CaughtMail;
import io.rookery.spi.mail.CaughtMail.Caught;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.ws.rs.BeanParam;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Mails that were caught instead of sent; 503 while no backend that catches mail is installed. */
@Component(service = RestResource.class)
@Address("/api/v1/sandbox-messages")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.CAMPAIGNS_READ)
public final class SandboxMessageResource implements RestResource {

  private final AtomicReference<CaughtMail> caught = new AtomicReference<>();
  private final MailParser parser = new MailParser();

  /** Waits for a backend that catches mail. */
  @Activate
  public SandboxMessageResource() {}

  /** Shows what a backend caught. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bind(CaughtMail mail) {
    caught.set(mail);
  }

  /** Lets go of a backend that leaves. */
  public void unbind(CaughtMail mail) {
    caught.compareAndSet(mail, null);
  }

  /** Lists the caught mails, newest first. */
  @GET
  @Operation(summary = "Lists the caught mails, newest first")
  public Listing<CaughtView> listSandboxMessages(@Context Call call, @BeanParam PageParams page) {
    PageRequest wanted = page.page();
    UUID tenant = call.context().tenantId();
    List<Caught> found = mails().list(tenant, cursor(wanted.cursor()), wanted.limit());
    List<CaughtView> views = found.stream().flatMap(c -> view(tenant, c.id())).toList();
    boolean more = found.size() == wanted.limit();
    return new Listing<>(views, more ? found.get(found.size() - 1).id().toString() : null);
  }

  /** Shows a caught mail. */
  @GET
  @Path("{id}")
  @Operation(summary = "Shows a caught mail: its header, HTML and text")
  public CaughtContentView getSandboxMessage(@Context Call call, @PathParam("id") UUID id) {
    Caught mail = find(call, id);
    return CaughtContentView.of(mail, parser.parse(mail.content()));
  }

  /** Shows the source of a caught mail. */
  @GET
  @Path("{id}/source")
  @Produces("text/plain")
  @Operation(summary = "Shows the source of a caught mail")
  public byte[] getSandboxMessageSource(@Context Call call, @PathParam("id") UUID id) {
    return find(call, id).content();
  }

  /** Removes all caught mails. */
  @DELETE
  @RequiresScope(Scope.CAMPAIGNS)
  @Operation(summary = "Removes all caught mails of the tenant")
  public ClearedView clearSandboxMessages(@Context Call call) {
    return new ClearedView(mails().clear(call.context().tenantId()));
  }

  private Stream<CaughtView> view(UUID tenant, UUID id) {
    Optional<Caught> mail = mails().get(tenant, id);
    return mail.map(c -> CaughtView.of(c, parser.parse(c.content()))).stream();
  }

  private Caught find(Call call, UUID id) {
    return mails()
        .get(call.context().tenantId(), id)
        .orElseThrow(() -> RookeryException.notFound("caught mail"));
  }

  private CaughtMail mails() {
    CaughtMail present = caught.get();
    if (present == null) {
      throw RookeryException.unavailable(
          "No mail backend that catches mail is installed", Duration.ofSeconds(30), null);
    }
    return present;
  }

  private static UUID cursor(String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "The cursor is not one that a list gave", e);
    }
  }
}
