// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.SendingQueue;
import io.rookery.api.sending.SendingRates;
import io.rookery.api.sending.SendingRates.Window;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCompleter;
import io.rookery.shell.internal.Tenants;
import io.rookery.shell.internal.queue.QueueViews.TenantQueue;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows what waits to be sent: for each tenant, or for each mailbox of one. */
@Service
@Command(
    scope = "rookery",
    name = "queue-show",
    description = "Shows what waits to be sent, for each tenant or for each mailbox of one")
public final class QueueShow extends RookeryCommand {

  @Argument(index = 0, name = "tenant", description = "The tenant's slug or id; none for all")
  @Completion(TenantCompleter.class)
  private String tenant;

  @Option(name = "--all", description = "Shows tenants too of whom nothing waits")
  private boolean all;

  @Option(name = "--limit", description = "How many lanes, or tenants to look at, at most")
  private int limit = 100;

  @Reference(optional = true)
  private TenantService tenants;

  @Reference(optional = true)
  private SendingQueue queue;

  @Reference(optional = true)
  private SendingRates rates;

  @Override
  protected void run(Output out) {
    if (tenant != null) {
      TenantContext context = Tenants.context(need(tenants), actor(), tenant);
      out.list(QueueViews.LANES, Stretch.read(limit, page -> need(queue).lanes(context, page)));
      return;
    }
    TenantContext operator = need(tenants).operator(actor());
    Stretch<Tenant> found = Stretch.read(limit, page -> tenants.list(operator, page));
    out.list(
        QueueViews.TENANTS,
        new Stretch<>(
            found.items().stream().map(this::queue).filter(shown -> all || !shown.empty()).toList(),
            found.more()));
  }

  private TenantQueue queue(Tenant one) {
    TenantContext context = TenantContext.of(one.id(), actor());
    return new TenantQueue(
        one.slug(),
        one.id().toString(),
        need(queue).totals(context),
        need(rates).rates(context, Window.MINUTE, 1).total());
  }
}
