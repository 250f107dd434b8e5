// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.api.tenancy.TenantSealing;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Seals a tenant's secrets, so that its mail stops. */
@Service
@Command(
    scope = "rookery",
    name = "tenant-seal",
    description = "Seals a tenant's secrets: its mail stops within 5 s, others go on")
public final class TenantSeal extends TenantCommand {

  @Option(name = "--reason", required = true, description = "Why, for the log")
  private String reason;

  @Reference(optional = true)
  private TenantSealing sealing;

  @Override
  protected void run(Output out) {
    out.show(SealView.FIELDS, need(sealing).seal(operator(), tenant().id(), reason));
  }
}
