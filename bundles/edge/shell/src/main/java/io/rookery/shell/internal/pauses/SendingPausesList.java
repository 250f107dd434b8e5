// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.pauses;

import io.rookery.api.mailboxes.SendingPauses;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists what stops sending of a tenant or of its domains. */
@Service
@Command(
    scope = "rookery",
    name = "sending-pauses",
    description = "Lists what stops sending of a tenant or of its domains")
public final class SendingPausesList extends TenantCommand {

  @Reference(optional = true)
  private SendingPauses pauses;

  @Override
  protected void run(Output out) {
    out.list(PauseView.FIELDS, need(pauses).list(context()));
  }
}
