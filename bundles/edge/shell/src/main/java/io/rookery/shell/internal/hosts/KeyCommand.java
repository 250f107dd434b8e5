// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Role;
import io.rookery.api.hosts.SshKeyService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about a host's key of a role. */
abstract class KeyCommand extends HostCommand {

  @Argument(index = 2, name = "role", required = true, description = "admin or tenant")
  private String role;

  @Reference(optional = true)
  private SshKeyService keys;

  final SshKeyService keys() {
    return need(keys);
  }

  final Role role() {
    return Arguments.constant("role", Role.class, role);
  }

  /** Returns the key's id. */
  final UUID key(TenantContext context, UUID host) {
    return keys().list(context, host).stream()
        .filter(it -> it.role() == role())
        .map(SshKey::id)
        .findFirst()
        .orElseThrow(() -> RookeryException.notFound("key"));
  }
}
