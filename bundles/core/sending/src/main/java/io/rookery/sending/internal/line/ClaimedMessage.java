// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.sending.internal.store.Priority;
import java.time.Instant;
import java.util.UUID;

/**
 * A message that a lane has taken up, with its recipient as it stands at that moment.
 *
 * @param campaignId the campaign that it belongs to, or null for a message of none
 * @param contact the recipient's data, or null for a message to an address alone
 * @param to the recipient's address as it goes on the wire
 * @param expiresAt after when it is not tried again
 * @param transactional whether it is no commercial mail
 * @param test whether it must not leave the sandbox
 */
public record ClaimedMessage(
    UUID id,
    UUID campaignId,
    UUID contentId,
    UUID contactId,
    String to,
    String host,
    int priority,
    Instant dueAt,
    Instant expiresAt,
    int attempts,
    ContactRow contact,
    boolean transactional,
    boolean test) {

  /** Returns whether it belongs to no campaign and stands for itself. */
  public boolean single() {
    return campaignId == null;
  }

  /** Returns whether it goes before all campaigns. */
  public boolean urgent() {
    return Priority.urgent(priority);
  }

  /** A recipient's data; the attributes are JSON, parsed when the message is rendered. */
  public record ContactRow(
      String firstName,
      String lastName,
      String attributes,
      String country,
      Boolean trackingConsent) {}

  /** Returns where the next claim begins after this message. */
  public Watermark watermark() {
    return new Watermark(priority, dueAt, id);
  }

  /** A place in a lane's order. */
  public record Watermark(int priority, Instant dueAt, UUID id) {

    /** Before every message. */
    public static final Watermark START = new Watermark(-1, Instant.EPOCH, new UUID(0, 0));
  }
}
