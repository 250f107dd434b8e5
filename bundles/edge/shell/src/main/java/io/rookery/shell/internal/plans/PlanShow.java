// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plans;

import io.rookery.api.plans.Subscriptions;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows a tenant's plan and how much of it is used. */
@Service
@Command(
    scope = "rookery",
    name = "plan-show",
    description = "Shows a tenant's plan and how much of what it gives is used")
public final class PlanShow extends TenantCommand {

  @Reference(optional = true)
  private Subscriptions subscriptions;

  @Override
  protected void run(Output out) {
    out.show(PlanViews.SUBSCRIPTION, need(subscriptions).get(operator(), tenant().id()));
  }
}
