// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lifts a tenant's suspension. */
@Service
@Command(scope = "rookery", name = "tenant-resume", description = "Lifts a tenant's suspension")
public final class TenantResume extends TenantCommand {

  @Override
  protected void run(Output out) {
    out.show(TenantView.FIELDS, tenants().resume(operator(), tenant().id()));
  }
}
