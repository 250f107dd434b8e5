// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plans;

import io.rookery.api.plans.PlanService;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the plans, also those that are not offered. */
@Service
@Command(
    scope = "rookery",
    name = "plan-list",
    description = "Lists the plans, what they give and cost, also those that are not offered")
public final class PlanList extends OperatorCommand {

  @Reference(optional = true)
  private PlanService plans;

  @Override
  protected void run(Output out) {
    out.list(PlanViews.PLAN, need(plans).list(operator()));
  }
}
