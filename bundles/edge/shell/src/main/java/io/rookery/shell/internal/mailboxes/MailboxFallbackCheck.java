// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Signs in at a mailbox's fallback without sending. */
@Service
@Command(
    scope = "rookery",
    name = "mailbox-fallback-check",
    description = "Signs in at a mailbox's fallback without sending")
public final class MailboxFallbackCheck extends TenantCommand {

  @Argument(index = 1, name = "mailbox", required = true, description = "The mailbox's id")
  private String mailbox;

  @Argument(index = 2, name = "fallback", required = true, description = "The fallback's id")
  private String id;

  @Reference(optional = true)
  private MailboxFallbacks fallbacks;

  @Override
  protected void run(Output out) throws InterruptedException {
    UUID fallback = Arguments.id("fallback", id);
    need(fallbacks).check(context(), Arguments.id("mailbox", mailbox), fallback);
    out.done("The fallback can be signed in to", Map.of("id", fallback.toString(), "ok", true));
  }
}
