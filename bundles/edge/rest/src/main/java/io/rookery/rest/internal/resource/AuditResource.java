// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.audit.AuditLog;
import io.rookery.api.audit.AuditLog.Filter;
import io.rookery.api.audit.AuditLog.Format;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.TenantContext;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.AuditDtos.AuditEntryView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.AuditParams;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit log. */
@Component(service = RestResource.class)
@Address("/api/v1/audit")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.ADMIN_READ)
public final class AuditResource implements RestResource {

  private static final String CSV = "text/csv";
  private static final String JSON_LINES = "application/x-ndjson";

  private final AuditLog audit;

  /** Answers by the services. */
  @Activate
  public AuditResource(@Reference AuditLog audit) {
    this.audit = audit;
  }

  /** Lists who did what, newest first. */
  @GET
  @Operation(summary = "Lists who did what, newest first")
  public Listing<AuditEntryView> listAudit(
      @Context Call call, @BeanParam AuditParams which, @BeanParam PageParams page) {
    return Listing.of(audit.list(call.context(), which.filter(), page.page()), AuditEntryView::of);
  }

  /**
   * Sends the entries, oldest first. A download that breaks off has no last line of the number that
   * the header tells, unless a filter leaves that one out.
   */
  @GET
  @Path("export")
  @Produces({CSV, JSON_LINES})
  @Operation(
      summary =
          "Sends entries as CSV or JSON lines, oldest first; Audit-Last-Seq is the number of the last one that there is")
  public Response exportAudit(
      @Context Call call,
      @BeanParam AuditParams which,
      @QueryParam("format") @DefaultValue("csv") Format format) {
    TenantContext context = call.context();
    Filter filter = which.filter();
    long last = audit.newest(context);
    StreamingOutput body = out -> audit.export(context, filter, format, out);
    return Response.ok(body)
        .type(format == Format.CSV ? CSV + ";charset=UTF-8" : JSON_LINES)
        .header("Content-Disposition", "attachment; filename=\"audit." + name(format) + "\"")
        .header("Audit-Last-Seq", last)
        .build();
  }

  private static String name(Format format) {
    return format == Format.CSV ? "csv" : "jsonl";
  }
}
