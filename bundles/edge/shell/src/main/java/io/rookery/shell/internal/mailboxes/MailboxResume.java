// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lets a mailbox send again. */
@Service
@Command(scope = "rookery", name = "mailbox-resume", description = "Lets a mailbox send again")
public final class MailboxResume extends TenantCommand {

  @Argument(index = 1, name = "mailbox", required = true, description = "The mailbox's id")
  private String id;

  @Reference(optional = true)
  private MailboxService mailboxes;

  @Override
  protected void run(Output out) {
    UUID mailbox = Arguments.id("mailbox", id);
    out.show(MailboxView.FIELDS, need(mailboxes).resume(context(), mailbox));
  }
}
