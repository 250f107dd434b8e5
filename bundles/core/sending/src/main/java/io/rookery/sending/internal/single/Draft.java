// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.sending.NewMessage;
import io.rookery.sending.internal.mime.Mail;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A message whose fields were looked at one by one.
 *
 * @param from the sender's address in wire form, or null where the mailbox is named by its id
 * @param to the recipient's address in wire form, or null where a contact is named
 * @param replyTo the address for answers in wire form, or null
 * @param dueAt when it is sent
 */
record Draft(
    NewMessage message,
    Category category,
    String from,
    String to,
    String replyTo,
    Map<String, String> headers,
    List<Mail.File> files,
    Instant dueAt) {}
