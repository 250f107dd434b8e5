// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.workspaces;

import io.rookery.api.tenancy.WorkspaceService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's workspaces. */
@Service
@Command(
    scope = "rookery",
    name = "workspace-list",
    description = "Lists a tenant's workspaces, archived ones too, oldest first")
public final class WorkspaceList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private WorkspaceService workspaces;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    WorkspaceService service = need(workspaces);
    out.list(WorkspaceFields.FIELDS, Stretch.read(limit, page -> service.list(context, page)));
  }
}
