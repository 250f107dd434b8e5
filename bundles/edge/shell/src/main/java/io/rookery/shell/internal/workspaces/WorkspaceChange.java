// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.workspaces;

import io.rookery.api.tenancy.WorkspaceService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Changes a workspace. */
@Service
@Command(
    scope = "rookery",
    name = "workspace-change",
    description = "Changes a workspace's name or postal address")
public final class WorkspaceChange extends TenantCommand {

  @Argument(index = 1, name = "workspace", required = true, description = "The workspace's id")
  private String workspace;

  @Option(name = "--name", description = "Its name for people")
  private String name;

  @Option(name = "--address", description = "Its postal address, empty for the tenant's")
  private String address;

  @Reference(optional = true)
  private WorkspaceService workspaces;

  @Override
  protected void run(Output out) {
    out.show(
        WorkspaceFields.FIELDS,
        need(workspaces)
            .update(
                context(),
                Arguments.id("workspace", workspace),
                new WorkspaceService.WorkspaceChange(name, address),
                0));
  }
}
