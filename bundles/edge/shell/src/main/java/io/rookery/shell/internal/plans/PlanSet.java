// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plans;

import io.rookery.api.plans.Subscription.Interval;
import io.rookery.api.plans.Subscriptions;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Gives a tenant a plan at once. */
@Service
@Command(
    scope = "rookery",
    name = "plan-set",
    description = "Gives a tenant a plan at once, whether offered or not")
public final class PlanSet extends TenantCommand {

  @Argument(index = 1, name = "plan", required = true, description = "The plan's code")
  @Completion(PlanCompleter.class)
  private String plan;

  @Option(name = "--interval", description = "How long a period is: month or year")
  private String interval;

  @Reference(optional = true)
  private Subscriptions subscriptions;

  @Override
  protected void run(Output out) {
    Interval period = Arguments.constant("interval", Interval.class, interval);
    out.show(
        PlanViews.SUBSCRIPTION,
        need(subscriptions).assign(operator(), tenant().id(), plan, period));
  }
}
