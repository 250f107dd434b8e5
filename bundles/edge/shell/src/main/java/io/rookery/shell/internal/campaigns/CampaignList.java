// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.campaigns;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's campaigns, newest first. */
@Service
@Command(
    scope = "rookery",
    name = "campaign-list",
    description = "Lists a tenant's campaigns, newest first")
public final class CampaignList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private CampaignService campaigns;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(CampaignView.FIELDS, Stretch.read(limit, page -> need(campaigns).list(context, page)));
  }
}
