// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.links;

import io.rookery.api.mailboxes.LinkHost;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the hosts that links in a tenant's mail lead to. */
@Service
@Command(
    scope = "rookery",
    name = "link-host-list",
    description = "Lists the hosts that links in a tenant's mail lead to, and what is wrong")
public final class LinkHostList extends TenantCommand {

  private static final View<LinkHost> FIELDS =
      View.<LinkHost>empty()
          .column("host", LinkHost::host)
          .column("state", LinkHost::state)
          .column("verified_at", LinkHost::verifiedAt)
          .detail("ended_at", LinkHost::endedAt)
          .column("due_at", LinkHost::dueAt)
          .column("trouble", LinkHost::trouble)
          .detail("domain_id", LinkHost::domainId);

  @Reference(optional = true)
  private LinkHosts hosts;

  @Override
  protected void run(Output out) {
    out.list(FIELDS, need(hosts).list(context()));
  }
}
