// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import io.rookery.shell.internal.Stretch;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists all tenants, oldest first. */
@Service
@Command(scope = "rookery", name = "tenant-list", description = "Lists all tenants, oldest first")
public final class TenantList extends RookeryCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private TenantService tenants;

  @Override
  protected void run(Output out) {
    TenantContext operator = need(tenants).operator(actor());
    out.list(TenantView.FIELDS, Stretch.read(limit, page -> tenants.list(operator, page)));
  }
}
