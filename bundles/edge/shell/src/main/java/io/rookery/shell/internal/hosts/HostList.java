// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.HostService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's hosts. */
@Service
@Command(scope = "rookery", name = "host-list", description = "Lists a tenant's hosts")
public final class HostList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private HostService hosts;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(HostView.FIELDS, Stretch.read(limit, page -> need(hosts).list(context, page)));
  }
}
