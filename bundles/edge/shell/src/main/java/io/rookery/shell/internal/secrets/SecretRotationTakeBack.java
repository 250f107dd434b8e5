// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.RotationService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Calls a replacement off. */
@Service
@Command(
    scope = "rookery",
    name = "secret-rotation-take-back",
    description = "Calls a replacement off whose new value is not in use yet")
public final class SecretRotationTakeBack extends TenantCommand {

  @Argument(index = 1, name = "rotation", required = true, description = "The rotation's id")
  private String rotation;

  @Reference(optional = true)
  private RotationService rotations;

  @Override
  protected void run(Output out) {
    UUID id = Arguments.id("rotation", rotation);
    out.show(RotationView.ROTATION, need(rotations).takeBack(context(), id));
  }
}
