// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stops all sending of a tenant, or all that goes out for one of its From domains, whichever
 * mailboxes they are. Takes hold at each mailbox's next claim, within two seconds; what is queued
 * waits. Mailboxes by themselves are paused by {@link MailboxService}. Thread-safe.
 */
@ProviderType
public interface SendingPauses {

  /** What is stopped. */
  enum Scope {
    TENANT,
    DOMAIN
  }

  /**
   * A pause that holds.
   *
   * @param domain the From domain in A-labels, or null for the tenant
   * @param until when it ends by itself, or null where only people lift it
   */
  record Pause(
      UUID id,
      Scope scope,
      String domain,
      PauseCause cause,
      String reason,
      Instant pausedAt,
      Instant until) {}

  /** Returns the tenant's pauses that hold, that of the tenant itself first. */
  List<Pause> list(TenantContext context);

  /**
   * Pauses until somebody resumes; takes over an automatic pause, which then no longer ends by
   * itself. What a person has paused already stays as it is.
   *
   * @param domain the domain in either form of IDN, or null for the tenant
   * @param reason why, for people, at most 200 characters; null for a usual one
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where the domain is none,
   *     is missing, or is given for the tenant
   */
  Pause pause(TenantContext context, Scope scope, String domain, String reason);

  /**
   * Ends a pause at once; one that has ended already stays so.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where the tenant never had it
   */
  void resume(TenantContext context, UUID id);

  /**
   * Pauses for what was counted, in the caller's transaction; a person's pause, or one for mails
   * that lasts longer, stays as it is.
   *
   * @param domain the domain in lower-case A-labels, or null for the tenant
   * @return when it ends, or empty where nothing was changed
   */
  Optional<Instant> pauseAutomatically(Tx tx, Scope scope, String domain, AutomaticPause why);
}
