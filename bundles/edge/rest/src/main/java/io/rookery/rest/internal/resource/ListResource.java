// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.contacts.ContactListService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.ContactDtos.AddedView;
import io.rookery.rest.internal.dto.ContactDtos.ContactIds;
import io.rookery.rest.internal.dto.ContactDtos.ListPatch;
import io.rookery.rest.internal.dto.ContactDtos.ListRequest;
import io.rookery.rest.internal.dto.ContactDtos.ListView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
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
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists of contacts. */
@Component(service = RestResource.class)
@Address("/api/v1/lists")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.CONTACTS)
@WithinWorkspaces
public final class ListResource implements RestResource {

  private final ContactListService lists;

  /** Answers by the services. */
  @Activate
  public ListResource(@Reference ContactListService lists) {
    this.lists = lists;
  }

  /** Shows all lists. */
  @GET
  @RequiresScope(Scope.CONTACTS_READ)
  @Operation(summary = "Shows all lists")
  public Listing<ListView> listLists(
      @Context Call call, @QueryParam("workspace") UUID workspace, @BeanParam PageParams page) {
    return Listing.of(lists.list(call.within(workspace), page.page()), ListView::of);
  }

  /** Makes a list. */
  @POST
  @Answers(value = 201, location = "/api/v1/lists/")
  @Operation(summary = "Makes a list")
  public ListView createList(@Context Call call, ListRequest request) {
    return ListView.of(lists.create(call.context(), request.toData()));
  }

  /** Shows a list. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.CONTACTS_READ)
  @Operation(summary = "Shows a list")
  public ListView getList(@Context Call call, @PathParam("id") UUID id) {
    return ListView.of(lists.get(call.context(), id));
  }

  /** Renames a list or moves it to another workspace. */
  @PATCH
  @Path("{id}")
  @Operation(summary = "Renames a list or moves it to another workspace")
  public ListView updateList(
      @Context Call call,
      @PathParam("id") UUID id,
      @HeaderParam("If-Match") String ifMatch,
      ListPatch request) {
    long expected = IfMatch.version(ifMatch);
    return ListView.of(lists.update(call.context(), id, request.toData(), expected));
  }

  /** Removes a list; its contacts stay. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Removes a list; its contacts stay")
  public void deleteList(@Context Call call, @PathParam("id") UUID id) {
    lists.delete(call.context(), id);
  }

  /** Puts contacts on a list. */
  @POST
  @Path("{id}/contacts")
  @Operation(summary = "Puts contacts on a list")
  public AddedView addListContacts(
      @Context Call call, @PathParam("id") UUID id, ContactIds request) {
    return new AddedView(lists.add(call.context(), id, request.checked()));
  }

  /** Takes a contact off a list. */
  @DELETE
  @Path("{id}/contacts/{contact}")
  @Operation(summary = "Takes a contact off a list")
  public void removeListContact(
      @Context Call call, @PathParam("id") UUID id, @PathParam("contact") UUID contact) {
    lists.remove(call.context(), id, contact);
  }
}
