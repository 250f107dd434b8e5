// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.api.sending.SendingService.Message;
import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends messages that belong to no campaign. What is answered is durable: the message, its content
 * and its place in the queue are one transaction. Thread-safe.
 */
@ProviderType
public interface MessageService {

  /** How many messages a batch has at most. */
  int LARGEST_BATCH = 500;

  /**
   * Queues a message; at most once per idempotency key of the context. One whose recipient may not
   * be written to is answered in the state {@code SUPPRESSED} and not sent. In test mode the
   * message never leaves the sandbox.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} with a pointer to each
   *     field that is wrong, {@code unavailable} while the mailbox's backend is not installed
   */
  Message send(TenantContext context, NewMessage message);

  /**
   * Queues 1 to 500 messages, all or none; at most once per idempotency key of the context. Every
   * message is checked before any is queued, and pointers begin with {@code /messages/} and its
   * number from 0. Recipients that may not be written to are no error, as in {@link #send}.
   */
  Batch sendAll(TenantContext context, List<NewMessage> messages);

  /**
   * Ends a message that belongs to no campaign and whose time has not come. Leaves {@code
   * message.cancelled}. Repeating changes nothing.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} where it is due, was sent or
   *     belongs to a campaign
   */
  Message cancel(TenantContext context, UUID id);

  /** The messages of a batch in the order in which they were given. */
  record Batch(List<Message> messages) {

    /** Copies the messages. */
    public Batch {
      messages = List.copyOf(messages);
    }
  }
}
