// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes a domain and its DKIM keys, and lists the records to publish. */
@Service
@Command(
    scope = "rookery",
    name = "domain-add",
    description = "Makes a domain and its DKIM keys, and lists the records to publish")
public final class DomainAdd extends TenantCommand {

  @Argument(index = 1, name = "name", required = true, description = "The domain's name")
  private String name;

  @Reference(optional = true)
  private SendingDomainService domains;

  @Override
  protected void run(Output out) {
    out.list(DomainView.RECORDS, need(domains).create(context(), name).records());
  }
}
