// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Changes a tenant's weight. */
@Service
@Command(
    scope = "rookery",
    name = "tenant-weight",
    description = "Changes a tenant's part where sending is shared out among tenants")
public final class TenantWeight extends TenantCommand {

  @Argument(index = 1, name = "weight", required = true, description = "From 1 to 100")
  private int weight;

  @Override
  protected void run(Output out) {
    out.show(TenantView.FIELDS, tenants().weigh(operator(), tenant().id(), weight));
  }
}
