// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.spi.mail.Account;
import io.rookery.spi.plugin.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** A tenant's mailboxes. Thread-safe. */
@ProviderType
public interface MailboxService {

  /**
   * Makes a mailbox; at most once per idempotency key of the context. Secret settings go to the
   * secret store; the mailbox keeps the reference.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where the backend is
   *     unknown or a setting is wrong, {@code conflict} where the address is taken
   */
  Mailbox create(TenantContext context, MailboxData data);

  /** Returns a mailbox of the tenant. */
  Mailbox get(TenantContext context, UUID id);

  /** Returns the tenant's mailboxes by id. */
  Page<Mailbox> list(TenantContext context, PageRequest page);

  /** Changes a mailbox; null fields stay. The expected version is the one last seen, or 0. */
  Mailbox update(TenantContext context, UUID id, MailboxData data, long expectedVersion);

  /** Removes a mailbox and its secret; {@code wrong_state} while a running campaign uses it. */
  void delete(TenantContext context, UUID id);

  /**
   * Stops sending from a mailbox at its next claim until somebody resumes it; what is queued waits.
   * Takes over an automatic pause, which then no longer ends by itself.
   */
  Mailbox pause(TenantContext context, UUID id, String reason);

  /** Lets a mailbox send again, at once, whatever paused it. */
  Mailbox resume(TenantContext context, UUID id);

  /**
   * Pauses a mailbox for what was counted, in the caller's transaction, with an event {@code
   * mailbox.paused}; it sends again by itself. A person's pause, or one that lasts longer, stays as
   * it is; a mailbox that is gone stays gone.
   *
   * @return when the pause ends, or empty where nothing was changed
   */
  Optional<Instant> pauseAutomatically(Tx tx, UUID id, AutomaticPause why);

  /** Signs in at the backend without sending; throws with what is wrong. */
  void check(TenantContext context, UUID id) throws InterruptedException;

  /**
   * Returns whether a mailbox's server lets in by other secret settings than those that are kept,
   * which stay as they are.
   *
   * @param instead values by name, in place of those that are kept
   * @throws io.rookery.kernel.RookeryException {@code mailboxes.check_failed} where the server
   *     neither lets in nor refuses
   */
  boolean letsIn(TenantContext context, UUID id, Map<String, Secret> instead)
      throws InterruptedException;

  /**
   * Returns the account to send with, credentials resolved, for the purpose {@code send}. An access
   * token is renewed where it has less than five minutes left. Where the consent behind it is gone
   * the mailbox is paused and an event {@code mailbox.authorization_lost} says so. Call it outside
   * of transactions.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} while the secret store is
   *     sealed, or while no token can be had; {@code mailboxes.not_connected} where nobody has
   *     consented, or nobody does any more; {@code wrong_state} where the provider's tokens are not
   *     for the host that the mailbox's settings name, or not without TLS
   */
  Account account(TenantContext context, UUID id);

  /**
   * Says that a backend refused an account's credentials. An access token that is still the one in
   * use is renewed at once, by which a consent that was withdrawn shows: the mailbox is paused as
   * by {@link #account}. Does nothing for passwords, and never throws for what it finds.
   */
  void refused(TenantContext context, Account account);
}
