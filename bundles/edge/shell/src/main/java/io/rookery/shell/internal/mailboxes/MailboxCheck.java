// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Signs in at a mailbox's backend without sending. */
@Service
@Command(
    scope = "rookery",
    name = "mailbox-check",
    description = "Signs in at a mailbox's backend without sending")
public final class MailboxCheck extends TenantCommand {

  @Argument(index = 1, name = "mailbox", required = true, description = "The mailbox's id")
  private String id;

  @Reference(optional = true)
  private MailboxService mailboxes;

  @Override
  protected void run(Output out) throws InterruptedException {
    UUID mailbox = Arguments.id("mailbox", id);
    need(mailboxes).check(context(), mailbox);
    out.done("The mailbox can be signed in to", Map.of("id", mailbox.toString(), "ok", true));
  }
}
