// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Looks at the DNS records of a domain now. */
@Service
@Command(
    scope = "rookery",
    name = "domain-verify",
    description = "Looks at the DNS records of a domain now")
public final class DomainVerify extends DomainCommand {

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(DomainView.RECORDS, domains().verify(context, id(context)).records());
  }
}
