// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes new DKIM keys for a domain and lists the records to publish. */
@Service
@Command(
    scope = "rookery",
    name = "domain-rotate-dkim",
    description = "Makes new DKIM keys for a domain and lists the records to publish")
public final class DomainRotateDkim extends DomainCommand {

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(DomainView.RECORDS, domains().rotateDkim(context, id(context)).records());
  }
}
