// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.api.mailboxes.DomainService;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lets a tenant send for a domain without checking its records. */
@Service
@Command(
    scope = "rookery",
    name = "domain-trust",
    description = "Lets a tenant send for a domain without checking its records")
public final class DomainTrustCommand extends TenantCommand {

  @Argument(index = 1, name = "domain", required = true, description = "The domain")
  private String domain;

  @Reference(optional = true)
  private DomainService domains;

  @Override
  protected void run(Output out) {
    out.show(TrustView.FIELDS, need(domains).trust(operator(), tenant().id(), domain));
  }
}
