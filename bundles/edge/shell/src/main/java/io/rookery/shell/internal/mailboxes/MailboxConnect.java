// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxConsents;
import io.rookery.api.mailboxes.MailboxConsents.Started;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Begins to connect a mailbox by OAuth 2. */
@Service
@Command(
    scope = "rookery",
    name = "mailbox-connect",
    description = "Shows the address at which a mailbox's owner consents to its being sent from")
public final class MailboxConnect extends TenantCommand {

  @Argument(index = 1, name = "mailbox", required = true, description = "The mailbox's id")
  private String id;

  @Argument(index = 2, name = "provider", required = true, description = "Such as google")
  private String provider;

  @Reference(optional = true)
  private MailboxConsents consents;

  @Override
  protected void run(Output out) {
    UUID mailbox = Arguments.id("mailbox", id);
    Started started = need(consents).start(context(), mailbox, provider);
    String url = started.authorizationUrl().toString();
    out.done(
        "Works once, until " + started.expiresAt() + ":\n" + url,
        Map.of("authorization_url", url, "expires_at", started.expiresAt().toString()));
  }
}
