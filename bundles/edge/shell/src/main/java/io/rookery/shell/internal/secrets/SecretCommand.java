// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.api.secrets.RotationService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about one secret of a tenant, given by its reference or id. */
abstract class SecretCommand extends TenantCommand {

  private static final int MOST = 100_000;

  @Argument(
      index = 1,
      name = "secret",
      required = true,
      description = "The secret's reference or id")
  private String secret;

  @Reference(optional = true)
  private RotationService rotations;

  final RotationService rotations() {
    return need(rotations);
  }

  /** Returns the secret's id. */
  final UUID id(TenantContext context) {
    return Stretch.read(MOST, page -> rotations().secrets(context, Due.ALL, page)).items().stream()
        .filter(it -> it.reference().equals(secret) || it.id().toString().equals(secret))
        .map(RotatingSecret::id)
        .findFirst()
        .orElseThrow(() -> RookeryException.notFound("secret that can be rotated"));
  }
}
