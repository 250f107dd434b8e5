// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What became of a granted message.
 *
 * @param messageId the message
 * @param recipients one entry for each recipient
 * @param remoteId the id under which the other side knows the message, or null where it tells none
 */
public record Outcome(UUID messageId, List<RecipientOutcome> recipients, String remoteId) {

  /** What may become of a message for one recipient. */
  public enum Status {
    /** The other side took responsibility for it. */
    ACCEPTED,
    /** Refused for now; the platform tries again later. */
    DEFERRED,
    /** Refused for good. */
    REJECTED,
    /** Given away, but the final answer did not come. */
    IN_DOUBT
  }

  /**
   * The outcome for one recipient.
   *
   * @param recipient the address as it was given
   * @param status what became of it
   * @param reply what the other side said
   */
  public record RecipientOutcome(String recipient, Status status, Reply reply) {

    /** Checks that the outcome is whole. */
    public RecipientOutcome {
      Objects.requireNonNull(recipient, "recipient");
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(reply, "reply");
    }
  }

  /** Checks that the outcome is whole and copies the list. */
  public Outcome {
    Objects.requireNonNull(messageId, "messageId");
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("An outcome needs a recipient");
    }
  }

  /** Returns the same outcome for every recipient of a message. */
  public static Outcome of(OutboundMessage message, Status status, Reply reply, String remoteId) {
    return new Outcome(
        message.id(),
        message.recipients().stream().map(r -> new RecipientOutcome(r, status, reply)).toList(),
        remoteId);
  }
}
