// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.SendingService;
import io.rookery.api.sending.SendingService.Lane;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows what waits to be sent, for each mailbox of a tenant. */
@Service
@Command(
    scope = "rookery",
    name = "queue-show",
    description = "Shows what waits to be sent, for each mailbox of a tenant")
public final class QueueShow extends TenantCommand {

  private static final View<Lane> FIELDS =
      View.<Lane>empty()
          .column("mailbox_id", Lane::mailboxId)
          .column("due", Lane::due)
          .column("next_due_at", Lane::nextDueAt)
          .column("owner", Lane::owner)
          .column("held_back", Lane::heldBack);

  @Reference(optional = true)
  private SendingService sending;

  @Override
  protected void run(Output out) {
    out.list(FIELDS, need(sending).lanes(context()));
  }
}
