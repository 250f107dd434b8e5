// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.campaigns;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Ends a campaign for good. */
@Service
@Command(scope = "rookery", name = "campaign-cancel", description = "Ends a campaign for good")
public final class CampaignCancel extends TenantCommand {

  @Argument(index = 1, name = "campaign", required = true, description = "The campaign's id")
  @Completion(CampaignCompleter.class)
  private String id;

  @Reference(optional = true)
  private CampaignService campaigns;

  @Override
  protected void run(Output out) {
    UUID campaign = Arguments.id("campaign", id);
    out.show(CampaignView.FIELDS, need(campaigns).cancel(context(), campaign));
  }
}
