// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.api.mailboxes.DomainService;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the domains that the operator trusts for a tenant. */
@Service
@Command(
    scope = "rookery",
    name = "domain-trusts",
    description = "Lists the domains that the operator trusts for a tenant")
public final class DomainTrusts extends TenantCommand {

  @Reference(optional = true)
  private DomainService domains;

  @Override
  protected void run(Output out) {
    out.list(TrustView.FIELDS, need(domains).trusted(context()));
  }
}
