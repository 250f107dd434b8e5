// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.RotationService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the replacements of a tenant's secrets. */
@Service
@Command(
    scope = "rookery",
    name = "secret-rotation-list",
    description = "Lists the replacements of a tenant's secrets, the newest first")
public final class SecretRotationList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private RotationService rotations;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(
        RotationView.ROTATION, Stretch.read(limit, page -> need(rotations).list(context, page)));
  }
}
