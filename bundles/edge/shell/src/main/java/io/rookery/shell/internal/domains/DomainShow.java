// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows a domain. */
@Service
@Command(scope = "rookery", name = "domain-show", description = "Shows a domain")
public final class DomainShow extends DomainCommand {

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.show(DomainView.FIELDS, domains().get(context, id(context)));
  }
}
