// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plans;

import io.rookery.api.plans.Plan;
import io.rookery.api.plans.PlanService;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes the codes of plans. */
@Service
public final class PlanCompleter implements Completer {

  @Reference(optional = true)
  private PlanService plans;

  @Reference(optional = true)
  private TenantService tenants;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    if (plans == null || tenants == null) {
      return -1;
    }
    Actor actor = new Actor(Actor.Kind.OPERATOR, "shell");
    List<String> codes = plans.list(tenants.operator(actor)).stream().map(Plan::code).toList();
    return new StringsCompleter(codes).complete(session, line, candidates);
  }
}
