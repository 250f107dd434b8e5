// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Sets after how many days a secret is replaced. */
@Service
@Command(
    scope = "rookery",
    name = "secret-schedule",
    description = "Sets after how many days a secret is replaced by itself")
public final class SecretSchedule extends SecretCommand {

  @Argument(index = 2, name = "days", required = true, description = "After how many days")
  private int days;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.show(RotationView.SECRET, rotations().schedule(context, id(context), days));
  }
}
