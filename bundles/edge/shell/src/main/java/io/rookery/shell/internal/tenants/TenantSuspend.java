// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Stops a tenant's sending and lets its keys read only. */
@Service
@Command(
    scope = "rookery",
    name = "tenant-suspend",
    description = "Stops a tenant's sending and lets its keys read only")
public final class TenantSuspend extends TenantCommand {

  @Option(name = "--reason", required = true, description = "Why, for the log")
  private String reason;

  @Override
  protected void run(Output out) {
    out.show(TenantView.FIELDS, tenants().suspend(operator(), tenant().id(), reason));
  }
}
