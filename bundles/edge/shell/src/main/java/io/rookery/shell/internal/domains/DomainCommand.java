// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about one domain of a tenant, given by its name or id. */
abstract class DomainCommand extends TenantCommand {

  private static final int MOST = 100_000;

  @Argument(index = 1, name = "domain", required = true, description = "The domain's name or id")
  @Completion(DomainCompleter.class)
  private String domain;

  @Reference(optional = true)
  private SendingDomainService domains;

  final SendingDomainService domains() {
    return need(domains);
  }

  /** Returns the domain's id. */
  final UUID id(TenantContext context) {
    return Stretch.read(MOST, page -> domains().list(context, page)).items().stream()
        .filter(it -> it.name().equalsIgnoreCase(domain) || it.id().toString().equals(domain))
        .map(SendingDomain::id)
        .findFirst()
        .orElseThrow(() -> RookeryException.notFound("domain"));
  }
}
