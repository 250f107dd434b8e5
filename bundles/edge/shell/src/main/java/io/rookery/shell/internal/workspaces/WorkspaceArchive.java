// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.workspaces;

import io.rookery.api.tenancy.WorkspaceService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Archives a workspace. */
@Service
@Command(
    scope = "rookery",
    name = "workspace-archive",
    description = "Archives a workspace: what is in it stays, nothing new can be put into it")
public final class WorkspaceArchive extends TenantCommand {

  @Argument(index = 1, name = "workspace", required = true, description = "The workspace's id")
  private String workspace;

  @Reference(optional = true)
  private WorkspaceService workspaces;

  @Override
  protected void run(Output out) {
    out.show(
        WorkspaceFields.FIELDS,
        need(workspaces).archive(context(), Arguments.id("workspace", workspace)));
  }
}
