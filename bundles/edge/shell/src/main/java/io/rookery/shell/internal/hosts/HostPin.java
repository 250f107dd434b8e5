// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Pins the key that a host must show from now on. */
@Service
@Command(
    scope = "rookery",
    name = "host-pin",
    description = "Pins the key that a host must show from now on, in place of an earlier one")
public final class HostPin extends HostCommand {

  @Argument(
      index = 2,
      name = "fingerprint",
      required = true,
      description = "SHA256:… as ssh-keygen -lf prints it on the host itself")
  private String fingerprint;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.show(HostView.FIELDS, hosts().pin(context, id(context), fingerprint));
  }
}
