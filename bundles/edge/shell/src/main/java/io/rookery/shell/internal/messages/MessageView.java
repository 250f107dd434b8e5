// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.messages;

import io.rookery.api.sending.SendingService.Message;
import io.rookery.shell.internal.View;

/** How the shell shows a message. */
final class MessageView {

  static final View<Message> FIELDS =
      View.<Message>empty()
          .column("id", Message::id)
          .column("category", Message::category)
          .column("mode", Message::mode)
          .column("state", Message::state)
          .detail("campaign_id", Message::campaignId)
          .detail("contact_id", Message::contactId)
          .detail("mailbox_id", Message::mailboxId)
          .column("attempts", Message::attempts)
          .column("due_at", Message::dueAt)
          .column("code", Message::code)
          .detail("enhanced_code", Message::enhancedCode)
          .column("detail", Message::detail)
          .detail("message_id_header", Message::messageIdHeader)
          .detail("created_at", Message::createdAt)
          .detail("finished_at", Message::finishedAt);

  private MessageView() {}
}
