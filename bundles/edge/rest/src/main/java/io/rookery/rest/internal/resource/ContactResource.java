// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.contacts.ContactService;
import io.rookery.api.contacts.ContactService.Filter;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.ContactDtos.ContactRequest;
import io.rookery.rest.internal.dto.ContactDtos.ContactView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.QueryPrefixes;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
import io.rookery.rest.internal.param.IfMatch;
import io.rookery.rest.internal.param.PageParams;
import io.rookery.rest.internal.param.Prefixed;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Map;
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
import javax.ws.rs.core.UriInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The contacts. */
@Component(service = RestResource.class)
@Address("/api/v1/contacts")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.CONTACTS)
public final class ContactResource implements RestResource {

  private final ContactService contacts;

  /** Answers by the services. */
  @Activate
  public ContactResource(@Reference ContactService contacts) {
    this.contacts = contacts;
  }

  /** Lists contacts; attribute.NAME=value narrows to those with that attribute. */
  @WithinWorkspaces
  @GET
  @QueryPrefixes("attribute.")
  @RequiresScope(Scope.CONTACTS_READ)
  @Operation(summary = "Lists contacts; attribute.NAME=value narrows to those with that attribute")
  public Listing<ContactView> listContacts(
      @Context Call call,
      @QueryParam("list_id") UUID listId,
      @QueryParam("email") String email,
      @BeanParam PageParams page,
      @Context UriInfo uri) {
    Map<String, String> attributes = Prefixed.of(uri, "attribute.");
    Filter filter = new Filter(listId, email, attributes.isEmpty() ? null : attributes);
    return Listing.of(contacts.list(call.context(), filter, page.page()), ContactView::of);
  }

  /** Makes a contact. */
  @POST
  @Answers(value = 201, location = "/api/v1/contacts/")
  @Operation(summary = "Makes a contact")
  public ContactView createContact(@Context Call call, ContactRequest request) {
    return ContactView.of(contacts.create(call.context(), request.toNew()));
  }

  /** Shows a contact. */
  @WithinWorkspaces
  @GET
  @Path("{id}")
  @RequiresScope(Scope.CONTACTS_READ)
  @Operation(summary = "Shows a contact")
  public ContactView getContact(@Context Call call, @PathParam("id") UUID id) {
    return ContactView.of(contacts.get(call.context(), id));
  }

  /** Changes a contact; what is left out stays. */
  @PATCH
  @Path("{id}")
  @Operation(summary = "Changes a contact; what is left out stays")
  public ContactView updateContact(
      @Context Call call,
      @PathParam("id") UUID id,
      @HeaderParam("If-Match") String ifMatch,
      ContactRequest request) {
    long expected = IfMatch.version(ifMatch);
    return ContactView.of(contacts.update(call.context(), id, request.toData(), expected));
  }

  /** Removes a contact; suppression of its address stays. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Removes a contact; suppression of its address stays")
  public void deleteContact(@Context Call call, @PathParam("id") UUID id) {
    contacts.delete(call.context(), id);
  }
}
