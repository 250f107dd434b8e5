// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.keys;

import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's API keys, newest first, revoked ones too. */
@Service
@Command(
    scope = "rookery",
    name = "api-key-list",
    description = "Lists a tenant's API keys, newest first, revoked ones too")
public final class ApiKeyList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private ApiKeyService keys;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(KeyView.FIELDS, Stretch.read(limit, page -> need(keys).list(context, page)));
  }
}
