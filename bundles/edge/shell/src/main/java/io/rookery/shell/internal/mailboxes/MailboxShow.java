// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.sending.MailboxStandings;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.List;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows a mailbox and what it may send now. */
@Service
@Command(
    scope = "rookery",
    name = "mailbox-show",
    description = "Shows a mailbox, what it may send now, and how what it sent was received")
public final class MailboxShow extends TenantCommand {

  @Argument(index = 1, name = "mailbox", required = true, description = "The mailbox's id")
  private String id;

  @Reference(optional = true)
  private MailboxService mailboxes;

  @Reference(optional = true)
  private MailboxStandings standings;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    Mailbox mailbox = need(mailboxes).get(context, Arguments.id("mailbox", id));
    UUID found = mailbox.id();
    out.show(
        StandingView.FIELDS,
        new StandingView.Shown(mailbox, need(standings).of(context, List.of(found)).get(found)));
  }
}
