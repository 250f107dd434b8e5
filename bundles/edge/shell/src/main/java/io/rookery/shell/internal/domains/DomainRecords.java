// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the DNS records that a domain should have, and what was seen of them. */
@Service
@Command(
    scope = "rookery",
    name = "domain-records",
    description = "Lists the DNS records that a domain should have, and what was seen of them")
public final class DomainRecords extends DomainCommand {

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(DomainView.RECORDS, domains().get(context, id(context)).records());
  }
}
