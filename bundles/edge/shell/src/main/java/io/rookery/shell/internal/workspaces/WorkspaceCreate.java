// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.workspaces;

import io.rookery.api.tenancy.WorkspaceService;
import io.rookery.api.tenancy.WorkspaceService.NewWorkspace;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes a workspace of a tenant. */
@Service
@Command(
    scope = "rookery",
    name = "workspace-create",
    description = "Makes a workspace of a tenant, as far as the plan allows")
public final class WorkspaceCreate extends TenantCommand {

  @Argument(index = 1, name = "name", required = true, description = "Its name for people")
  private String name;

  @Option(
      name = "--address",
      description = "Its postal address, which is kept and shown; mail carries the tenant's")
  private String address;

  @Reference(optional = true)
  private WorkspaceService workspaces;

  @Override
  protected void run(Output out) {
    out.show(
        WorkspaceFields.FIELDS,
        need(workspaces).create(context(), new NewWorkspace(name, address)));
  }
}
