// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.links;

import io.rookery.api.sending.DeadLinks;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's links that were killed. */
@Service
@Command(
    scope = "rookery",
    name = "link-list",
    description = "Lists a tenant's links that were killed, newest first")
public final class LinkList extends TenantCommand {

  @Reference(optional = true)
  private DeadLinks links;

  @Override
  protected void run(Output out) {
    out.list(DeadLinkView.FIELDS, need(links).list(context()));
  }
}
