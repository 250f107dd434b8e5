// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.DeadLetters;
import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists messages that were refused for good or given up, newest first. */
@Service
@Command(
    scope = "rookery",
    name = "dead-letter-list",
    description = "Lists messages that were refused for good or given up, newest first")
public final class DeadLetterList extends DeadLetterFilter {

  private static final View<Message> FIELDS =
      View.<Message>empty()
          .column("id", Message::id)
          .column("campaign_id", Message::campaignId)
          .detail("contact_id", Message::contactId)
          .detail("mailbox_id", Message::mailboxId)
          .column("attempts", Message::attempts)
          .column("code", Message::code)
          .column("enhanced_code", Message::enhancedCode)
          .column("detail", Message::detail)
          .detail("message_id_header", Message::messageIdHeader)
          .detail("created_at", Message::createdAt)
          .column("finished_at", Message::finishedAt);

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private DeadLetters letters;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    Filter filter = filter();
    out.list(FIELDS, Stretch.read(limit, page -> need(letters).list(context, filter, page)));
  }
}
