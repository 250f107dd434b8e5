// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.TenantContext;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The mailbox of the operator's tenant that the platform's own mail leaves from. Before one was
 * chosen it is a sandbox mailbox that is made when it is first asked for, so that what a new
 * platform mails can be read among the sandbox messages. Every call takes the operator's context
 * and refuses others as {@code forbidden}. Thread-safe.
 */
@ProviderType
public interface SystemMailbox {

  /**
   * Returns the mailbox, or empty where the one that was chosen was removed since or none can be
   * made as no backend is installed that catches mail.
   */
  Optional<Mailbox> find(TenantContext operator);

  /**
   * Chooses a mailbox of the operator's tenant and permits the tenant to send transactional mail.
   * Leaves {@code mailbox.chosen_for_system} in the operator's log. Repeating changes nothing.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found}
   */
  Mailbox choose(TenantContext operator, UUID mailboxId);
}
