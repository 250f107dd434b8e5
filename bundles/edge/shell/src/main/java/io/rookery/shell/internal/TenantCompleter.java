// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.PageRequest;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the slugs of the first 500 tenants. */
@Service
public final class TenantCompleter implements Completer {

  private static final PageRequest FIRST = new PageRequest(500, null);

  @Reference(optional = true)
  private TenantService tenants;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    if (tenants == null) {
      return -1;
    }
    Actor actor = new Actor(Actor.Kind.OPERATOR, "shell");
    List<String> slugs =
        tenants.list(tenants.operator(actor), FIRST).items().stream().map(Tenant::slug).toList();
    return new StringsCompleter(slugs).complete(session, line, candidates);
  }
}
