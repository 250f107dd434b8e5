// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plans;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Subscription;
import io.rookery.api.plans.Subscriptions;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Sets a tenant's limit in place of its plan's. */
@Service
@Command(
    scope = "rookery",
    name = "plan-override",
    description = "Sets a tenant's limit in place of its plan's, or lets the plan's hold again")
public final class PlanOverride extends TenantCommand {

  @Argument(index = 1, name = "entitlement", required = true, description = "Such as domains")
  @Completion(EntitlementCompleter.class)
  private String entitlement;

  @Argument(
      index = 2,
      name = "limit",
      required = true,
      description = "A number, unlimited, or plan for what the plan gives")
  private String limit;

  @Reference(optional = true)
  private Subscriptions subscriptions;

  @Override
  protected void run(Output out) {
    Entitlement wanted = Arguments.constant("entitlement", Entitlement.class, entitlement);
    UUID tenant = tenant().id();
    Subscription now =
        limit.equals("plan")
            ? need(subscriptions).removeOverride(operator(), tenant, wanted)
            : need(subscriptions).override(operator(), tenant, wanted, number());
    out.show(PlanViews.SUBSCRIPTION, now);
  }

  private Long number() {
    try {
      return limit.equals("unlimited") ? null : Long.valueOf(limit);
    } catch (NumberFormatException e) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, limit + " is no number, nor unlimited or plan", e);
    }
  }
}
