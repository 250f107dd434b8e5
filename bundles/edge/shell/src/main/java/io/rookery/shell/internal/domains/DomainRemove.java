// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes a domain and its keys; mail from it goes unsigned from then on. */
@Service
@Command(
    scope = "rookery",
    name = "domain-remove",
    description = "Removes a domain and its keys; mail from it goes unsigned from then on")
public final class DomainRemove extends DomainCommand {

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    UUID id = id(context);
    domains().delete(context, id);
    out.done("Removed", Map.of("id", id.toString(), "removed", true));
  }
}
