// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** What is sent, waits and failed. Thread-safe. */
@ProviderType
public interface SendingService {

  /** Returns how far a campaign is; zeros before it has started. */
  Progress progress(TenantContext context, UUID campaignId);

  /**
   * Sends a campaign's content to a few addresses at once, marked as a test in the subject, from
   * its first mailbox; at most once per idempotency key of the context.
   *
   * @param addresses 1 to 10 addresses
   */
  TestSend sendTest(TenantContext context, UUID campaignId, List<String> addresses);

  /**
   * Returns the tenant's messages, newest first, those of a campaign, state or category where one
   * is named. A context in test mode sees messages made in test mode alone, here and in {@link
   * #message}.
   */
  Page<Message> messages(TenantContext context, MessageFilter filter, PageRequest page);

  /** Returns a message of the tenant. */
  Message message(TenantContext context, UUID id);

  /**
   * Puts dead letters, at most 1,000, into the queue again with all tries; returns how many.
   * Messages that are no dead letters, or whose content is no longer kept, stay as they are; {@code
   * not_found}, and nothing changed, where one of the ids is no message of the tenant. Leaves
   * {@code dead_letters.requeued}.
   */
  int requeue(TenantContext context, List<UUID> messageIds);

  /** Which messages are wanted; null parts do not narrow. */
  record MessageFilter(UUID campaignId, State state, Category category) {

    /** Wants messages of either category. */
    public MessageFilter(UUID campaignId, State state) {
      this(campaignId, state, null);
    }
  }

  /** The ids of the messages of a test send. */
  record TestSend(List<UUID> messageIds) {

    /** Copies the ids. */
    public TestSend {
      messageIds = List.copyOf(messageIds);
    }
  }

  /** What became of a message. */
  enum State {
    /** Waits for its time, its mailbox's room or another try. */
    DUE,
    /** A backend took it. */
    ACCEPTED,
    /** Given away, but the final answer did not come. */
    IN_DOUBT,
    /** Refused for good, or all tries used: a dead letter. */
    FAILED,
    /** Not sent, as the recipient is suppressed or may not be written to. */
    SUPPRESSED,
    /** Not sent, as it or its campaign was cancelled. */
    CANCELLED
  }

  /**
   * A message.
   *
   * @param campaignId the campaign that it belongs to, or null where it was sent by itself
   * @param contactId the contact that it goes to, or null where it goes to an address
   * @param mode messages made in test mode never leave the sandbox
   * @param attempts how often it was tried
   * @param dueAt when it is tried next, where it is due
   * @param code the last reply's code, or 0
   * @param enhancedCode the last reply's enhanced status code, or null
   * @param detail the last reply's text or our own reason, or null
   * @param messageIdHeader its Message-ID (RFC 5322 §3.6.4), the same at every try
   */
  record Message(
      UUID id,
      UUID campaignId,
      UUID contactId,
      UUID mailboxId,
      Category category,
      TenantContext.Mode mode,
      State state,
      int attempts,
      Instant dueAt,
      int code,
      String enhancedCode,
      String detail,
      String messageIdHeader,
      Instant createdAt,
      Instant finishedAt) {}

  /**
   * How far a campaign is.
   *
   * @param planned how many contacts were chosen, the suppressed ones included
   * @param waiting not yet sent, deferred ones included
   * @param sent accepted by a backend
   * @param failed refused for good or given up
   * @param suppressed not sent, as the recipient may not be written to
   * @param cancelled not sent, as the campaign was cancelled
   * @param inDoubt given away without a final answer
   * @param planning whether contacts are still being chosen
   */
  record Progress(
      long planned,
      long waiting,
      long sent,
      long failed,
      long suppressed,
      long cancelled,
      long inDoubt,
      boolean planning) {}
}
