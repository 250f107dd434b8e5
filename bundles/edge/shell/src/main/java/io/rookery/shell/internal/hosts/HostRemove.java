// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Forgets a host; on the host itself nothing changes. */
@Service
@Command(
    scope = "rookery",
    name = "host-remove",
    description = "Forgets a host and what is kept for it; on the host itself nothing changes")
public final class HostRemove extends HostCommand {

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    UUID id = id(context);
    hosts().delete(context, id);
    out.done("Forgotten: " + id, Map.of("id", id.toString(), "removed", true));
  }
}
