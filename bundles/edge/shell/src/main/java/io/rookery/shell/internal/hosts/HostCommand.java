// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about one host of a tenant, given by its name or id. */
abstract class HostCommand extends TenantCommand {

  private static final int MOST = 100_000;

  @Argument(index = 1, name = "host", required = true, description = "The host's name or id")
  private String host;

  @Reference(optional = true)
  private HostService hosts;

  final HostService hosts() {
    return need(hosts);
  }

  /** Returns the host's id. */
  final UUID id(TenantContext context) {
    return Stretch.read(MOST, page -> hosts().list(context, page)).items().stream()
        .filter(it -> it.name().equals(host) || it.id().toString().equals(host))
        .map(Host::id)
        .findFirst()
        .orElseThrow(() -> RookeryException.notFound("host"));
  }
}
