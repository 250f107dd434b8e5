// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.api.campaigns.CampaignData.Category;
import java.time.Instant;
import java.util.UUID;

/**
 * A message of no campaign as it is written down.
 *
 * @param contactId the contact that it goes to, or null where it goes to the address
 * @param to the recipient's address in wire form
 * @param refused why it is not sent, or null where it is
 * @param content what it says, not kept where it is not sent; null where it is made as it is sent
 */
public record Single(
    UUID id,
    UUID contactId,
    String to,
    Sender sender,
    Category category,
    Instant dueAt,
    String refused,
    SingleContent content) {

  /** A mailbox that sends: its id and the domain of its address. */
  public record Sender(UUID mailboxId, String host) {}

  /** Returns the same message as one that is not sent. */
  public Single refused(String why) {
    return new Single(id, contactId, to, sender, category, dueAt, why, content);
  }
}
