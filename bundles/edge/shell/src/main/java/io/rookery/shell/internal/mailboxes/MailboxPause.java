// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Stops sending from a mailbox; what is queued waits. */
@Service
@Command(
    scope = "rookery",
    name = "mailbox-pause",
    description = "Stops sending from a mailbox; what is queued waits")
public final class MailboxPause extends TenantCommand {

  @Argument(index = 1, name = "mailbox", required = true, description = "The mailbox's id")
  private String id;

  @Option(name = "--reason", description = "Why, for people")
  private String reason = "Paused by the operator";

  @Reference(optional = true)
  private MailboxService mailboxes;

  @Override
  protected void run(Output out) {
    UUID mailbox = Arguments.id("mailbox", id);
    out.show(MailboxView.FIELDS, need(mailboxes).pause(context(), mailbox, reason));
  }
}
