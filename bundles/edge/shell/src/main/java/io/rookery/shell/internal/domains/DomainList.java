// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's domains. */
@Service
@Command(scope = "rookery", name = "domain-list", description = "Lists a tenant's domains")
public final class DomainList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private SendingDomainService domains;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(DomainView.FIELDS, Stretch.read(limit, page -> need(domains).list(context, page)));
  }
}
