// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.SendingService;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.MessageFilter;
import io.rookery.api.sending.SendingService.State;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.View;
import java.util.List;
import java.util.UUID;

/** Messages that were refused for good or given up. */
final class DeadLetters {

  private static final int AT_ONCE = 1000;

  static final View<Message> FIELDS =
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

  /** Returns a tenant's dead letters, newest first; the campaign may be null for all. */
  static Stretch<Message> read(
      SendingService sending, TenantContext context, String campaign, int limit) {
    MessageFilter filter =
        new MessageFilter(
            campaign == null ? null : Arguments.id("campaign", campaign), State.FAILED);
    return Stretch.read(limit, page -> sending.messages(context, filter, page));
  }

  /** Returns the ids of a tenant's newest dead letters; the campaign may be null for all. */
  static List<UUID> newest(
      SendingService sending, TenantContext context, String campaign, int limit) {
    return read(sending, context, campaign, limit).items().stream().map(Message::id).toList();
  }

  /** Puts dead letters into the queue again, as many at once as the queue takes. */
  static int requeue(SendingService sending, TenantContext context, List<UUID> ids) {
    int requeued = 0;
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<UUID> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      requeued += sending.requeue(context, some);
    }
    return requeued;
  }

  private DeadLetters() {}
}
