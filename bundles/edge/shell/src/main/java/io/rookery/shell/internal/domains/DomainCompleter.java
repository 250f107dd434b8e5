// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Tenants;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the names of the first 500 domains of the tenant that was typed before. */
@Service
public final class DomainCompleter implements Completer {

  private static final PageRequest FIRST = new PageRequest(500, null);

  @Reference(optional = true)
  private TenantService tenants;

  @Reference(optional = true)
  private SendingDomainService domains;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    Optional<String> tenant = tenant(line);
    if (tenants == null || domains == null || tenant.isEmpty()) {
      return -1;
    }
    try {
      Actor actor = new Actor(Actor.Kind.OPERATOR, "shell");
      TenantContext context = Tenants.context(tenants, actor, tenant.get());
      List<String> names =
          domains.list(context, FIRST).items().stream().map(SendingDomain::name).toList();
      return new StringsCompleter(names).complete(session, line, candidates);
    } catch (RookeryException e) {
      return -1;
    }
  }

  /** The first word behind the command that is no option. */
  private static Optional<String> tenant(CommandLine line) {
    return Arrays.stream(line.getArguments())
        .limit(line.getCursorArgumentIndex())
        .skip(1)
        .filter(word -> !word.startsWith("-"))
        .findFirst();
  }
}
