// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.SecretCatalogue;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's secrets. */
@Service
@Command(
    scope = "rookery",
    name = "secret-list",
    description = "Lists a tenant's secrets and which versions are compromised, never a value")
public final class SecretList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private SecretCatalogue secrets;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(SecretView.SECRET, Stretch.read(limit, page -> need(secrets).list(context, page)));
  }
}
