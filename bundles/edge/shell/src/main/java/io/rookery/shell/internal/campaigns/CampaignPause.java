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

/** Pauses a running campaign. */
@Service
@Command(scope = "rookery", name = "campaign-pause", description = "Pauses a running campaign")
public final class CampaignPause extends TenantCommand {

  @Argument(index = 1, name = "campaign", required = true, description = "The campaign's id")
  @Completion(CampaignCompleter.class)
  private String id;

  @Reference(optional = true)
  private CampaignService campaigns;

  @Override
  protected void run(Output out) {
    UUID campaign = Arguments.id("campaign", id);
    out.show(CampaignView.FIELDS, need(campaigns).pause(context(), campaign));
  }
}
