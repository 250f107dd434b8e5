// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.links;

import io.rookery.api.sending.DeadLinks;
import io.rookery.api.sending.DeadLinks.Target;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.campaigns.CampaignCompleter;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has counted links lead nowhere from now on; only the operator has them lead on again. */
@Service
@Command(
    scope = "rookery",
    name = "link-kill",
    description = "Has a tenant's counted links lead nowhere: one, a campaign's, or all")
public final class LinkKill extends TenantCommand {

  @Option(name = "--campaign", description = "The links of this campaign")
  @Completion(CampaignCompleter.class)
  private String campaign;

  @Option(name = "--link", description = "One link of the campaign, counted from 0")
  private Integer number;

  @Option(name = "--url", description = "One link, as it was in a mail")
  private String url;

  @Option(name = "--all", description = "All links of the tenant")
  private boolean all;

  @Option(name = "--reason", description = "A sentence for those who look later")
  private String reason;

  @Reference(optional = true)
  private DeadLinks links;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.show(DeadLinkView.FIELDS, need(links).kill(context, target(context), reason));
  }

  private Target target(TenantContext context) {
    long named = Stream.of(campaign != null, url != null, all).filter(given -> given).count();
    if (named != 1 || (number != null && campaign == null)) {
      throw RookeryException.invalid(
          "/target", "Give one of --campaign, perhaps with --link, --url and --all");
    }
    if (url != null) {
      return need(links).targetOf(context, url);
    }
    return all ? Target.ALL : new Target(Arguments.id("campaign", campaign), number);
  }
}
