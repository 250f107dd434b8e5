// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.api.tenancy.TenantSealing;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lifts a tenant's seal. */
@Service
@Command(
    scope = "rookery",
    name = "tenant-unseal",
    description = "Lifts a tenant's seal: what waited goes on by itself")
public final class TenantUnseal extends TenantCommand {

  @Reference(optional = true)
  private TenantSealing sealing;

  @Override
  protected void run(Output out) {
    UUID tenant = tenant().id();
    need(sealing).unseal(operator(), tenant);
    out.done("Unsealed; what waited goes on by itself", Map.of("unsealed", tenant));
  }
}
