// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.contacts.ImportService;
import io.rookery.api.contacts.ImportService.ImportRequest;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.ImportDtos.ImportView;
import io.rookery.rest.internal.dto.ImportDtos.RowErrorView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.LargeBody;
import io.rookery.rest.internal.filter.QueryPrefixes;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
import io.rookery.rest.internal.param.Checks;
import io.rookery.rest.internal.param.ImportDefaults;
import io.rookery.rest.internal.param.PageParams;
import io.rookery.rest.internal.param.Prefixed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
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

/** Imports of contacts from CSV. */
@Component(service = RestResource.class)
@Address("/api/v1/imports")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.CONTACTS)
@WithinWorkspaces
public final class ImportResource implements RestResource {

  private final ImportService imports;

  /** Answers by the services. */
  @Activate
  public ImportResource(@Reference ImportService imports) {
    this.imports = imports;
  }

  /** Lists the imports, newest first. */
  @GET
  @RequiresScope(Scope.CONTACTS_READ)
  @Operation(summary = "Lists the imports, newest first")
  public Listing<ImportView> listImports(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(imports.list(call.context(), page.page()), ImportView::of);
  }

  /**
   * Takes a CSV file and imports it in the background; map.COLUMN=field says what a column holds,
   * default.FIELD=value what a contact has without one.
   */
  @POST
  @Consumes("text/csv")
  @LargeBody
  @QueryPrefixes({"map.", "default."})
  @Answers(value = 202, location = "/api/v1/imports/")
  @Operation(
      summary =
          "Takes a CSV file and imports it in the background; map.COLUMN=field says what a column holds, default.FIELD=value what a contact has without one")
  public ImportView startImport(
      @Context Call call,
      @QueryParam("file_name") @DefaultValue("import.csv") String fileName,
      @QueryParam("list_id") UUID listId,
      @QueryParam("update_existing") @DefaultValue("false") Boolean updateExisting,
      @Context UriInfo uri,
      @Parameter(hidden = true) InputStream csv) {
    new Checks().longest("/file_name", fileName, 200).done();
    ImportRequest request =
        new ImportRequest(
            fileName,
            listId,
            Prefixed.of(uri, "map."),
            ImportDefaults.read(Prefixed.of(uri, "default.")),
            updateExisting);
    try {
      return ImportView.of(imports.start(call.context(), request, csv));
    } catch (IOException e) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "The upload broke off; nothing was kept", e);
    }
  }

  /** Shows an import and how far it is. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.CONTACTS_READ)
  @Operation(summary = "Shows an import and how far it is")
  public ImportView getImport(@Context Call call, @PathParam("id") UUID id) {
    return ImportView.of(imports.get(call.context(), id));
  }

  /** Lists the rows that were not imported, in file order. */
  @GET
  @Path("{id}/errors")
  @RequiresScope(Scope.CONTACTS_READ)
  @Operation(summary = "Lists the rows that were not imported, in file order")
  public Listing<RowErrorView> listImportErrors(
      @Context Call call, @PathParam("id") UUID id, @BeanParam PageParams page) {
    return Listing.of(imports.errors(call.context(), id, page.page()), RowErrorView::of);
  }

  /** Stops an import at its next chunk; what is imported stays. */
  @POST
  @Path("{id}/cancel")
  @Operation(summary = "Stops an import at its next chunk; what is imported stays")
  public ImportView cancelImport(@Context Call call, @PathParam("id") UUID id) {
    return ImportView.of(imports.cancel(call.context(), id));
  }
}
