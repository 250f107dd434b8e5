// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.api.tenancy.TenantService;
import io.rookery.api.tenancy.TenantService.NewTenant;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes a tenant. */
@Service
@Command(scope = "rookery", name = "tenant-create", description = "Makes a tenant")
public final class TenantCreate extends RookeryCommand {

  @Argument(index = 0, name = "name", required = true, description = "Its name for people")
  private String name;

  @Option(name = "--slug", required = true, description = "Its short name in lower case")
  private String slug;

  @Option(name = "--address", description = "The postal address that commercial mail must show")
  private String address;

  @Reference(optional = true)
  private TenantService tenants;

  @Override
  protected void run(Output out) {
    NewTenant wanted = new NewTenant(name, slug, address);
    out.show(TenantView.FIELDS, need(tenants).create(tenants.operator(actor()), wanted));
  }
}
