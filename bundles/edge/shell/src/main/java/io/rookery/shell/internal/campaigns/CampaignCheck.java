// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.campaigns;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Runs the checks that a campaign must pass before it starts. */
@Service
@Command(
    scope = "rookery",
    name = "campaign-check",
    description = "Runs the checks that a campaign must pass before it starts")
public final class CampaignCheck extends TenantCommand {

  private static final View<GateFinding> FIELDS =
      View.<GateFinding>empty()
          .column("code", GateFinding::code)
          .column("detail", GateFinding::detail);

  @Argument(index = 1, name = "campaign", required = true, description = "The campaign's id")
  @Completion(CampaignCompleter.class)
  private String id;

  @Reference(optional = true)
  private CampaignService campaigns;

  @Override
  protected void run(Output out) {
    UUID campaign = Arguments.id("campaign", id);
    out.list(FIELDS, need(campaigns).check(context(), campaign));
  }
}
