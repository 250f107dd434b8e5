// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.campaigns;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.sending.SendingService;
import io.rookery.api.sending.SendingService.Progress;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows a campaign and how far it is. */
@Service
@Command(
    scope = "rookery",
    name = "campaign-show",
    description = "Shows a campaign and how far it is")
public final class CampaignShow extends TenantCommand {

  @Argument(index = 1, name = "campaign", required = true, description = "The campaign's id")
  @Completion(CampaignCompleter.class)
  private String id;

  @Reference(optional = true)
  private CampaignService campaigns;

  @Reference(optional = true)
  private SendingService sending;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    Campaign campaign = need(campaigns).get(context, Arguments.id("campaign", id));
    Progress progress = sending == null ? null : sending.progress(context, campaign.id());
    out.show(CampaignView.withProgress(), new CampaignView.Shown(campaign, progress));
  }
}
