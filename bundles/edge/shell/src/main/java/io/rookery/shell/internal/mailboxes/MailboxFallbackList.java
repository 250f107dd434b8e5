// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.api.mailboxes.MailboxFallbacks.Fallback;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the servers that a mailbox's mail goes by while its own is away. */
@Service
@Command(
    scope = "rookery",
    name = "mailbox-fallback-list",
    description = "Lists the servers that a mailbox's mail goes by while its own is away")
public final class MailboxFallbackList extends TenantCommand {

  private static final View<Fallback> FIELDS =
      View.<Fallback>empty()
          .column("id", Fallback::id)
          .column("backend", Fallback::backend)
          .column("in_use", Fallback::inUse)
          .column("settings", Fallback::settings)
          .column("secret_settings", it -> it.secretSettings().stream().sorted().toList());

  @Argument(index = 1, name = "mailbox", required = true, description = "The mailbox's id")
  private String mailbox;

  @Reference(optional = true)
  private MailboxFallbacks fallbacks;

  @Override
  protected void run(Output out) {
    out.list(FIELDS, need(fallbacks).list(context(), Arguments.id("mailbox", mailbox)));
  }
}
