// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.api.mailboxes.DomainService;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes the operator's word for a domain back. */
@Service
@Command(
    scope = "rookery",
    name = "domain-distrust",
    description = "Takes the operator's word for a domain back")
public final class DomainDistrust extends TenantCommand {

  @Argument(index = 1, name = "domain", required = true, description = "The domain")
  private String domain;

  @Reference(optional = true)
  private DomainService domains;

  @Override
  protected void run(Output out) {
    need(domains).distrust(operator(), tenant().id(), domain);
    out.done("No longer trusted: " + domain, Map.of("domain", domain, "trusted", false));
  }
}
