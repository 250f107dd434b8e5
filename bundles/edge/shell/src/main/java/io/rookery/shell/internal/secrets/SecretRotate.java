// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.RotationService.Order;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Replaces a secret where it is used. */
@Service
@Command(
    scope = "rookery",
    name = "secret-rotate",
    description = "Replaces a secret where it is used")
public final class SecretRotate extends SecretCommand {

  @Option(name = "--grace", description = "For how long the old value works on, such as 24h")
  private String grace;

  @Option(name = "--incident", description = "Takes the old value for compromised, ended at once")
  private String incident;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    Order order = new Order(grace == null ? null : Arguments.span(grace), incident);
    out.show(RotationView.ROTATION, rotations().start(context, id(context), order));
  }
}
