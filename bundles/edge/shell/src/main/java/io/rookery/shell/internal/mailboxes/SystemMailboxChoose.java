// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.SystemMailbox;
import io.rookery.kernel.RookeryException;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows or chooses the mailbox that the platform's own mail leaves from. */
@Service
@Command(
    scope = "rookery",
    name = "system-mailbox",
    description =
        "Shows or chooses the operator's mailbox that the platform's own mail leaves from")
public final class SystemMailboxChoose extends OperatorCommand {

  @Argument(index = 0, name = "mailbox", description = "The id of the mailbox to choose")
  private String id;

  @Reference(optional = true)
  private SystemMailbox mailbox;

  @Override
  protected void run(Output out) {
    Mailbox chosen =
        id == null
            ? need(mailbox)
                .find(operator())
                .orElseThrow(() -> RookeryException.notFound("mailbox that is chosen"))
            : need(mailbox).choose(operator(), Arguments.id("mailbox", id));
    out.show(MailboxView.FIELDS, chosen);
  }
}
