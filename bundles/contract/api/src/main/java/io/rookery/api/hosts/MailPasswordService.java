// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which mailboxes have their passwords in files of a host, where the platform replaces them by
 * itself over SSH. Nothing on the host changes before the first rotation. Thread-safe.
 */
@ProviderType
public interface MailPasswordService {

  /** Returns those of a host. */
  List<MailPassword> list(TenantContext context, UUID hostId);

  /** Returns one; {@code not_found} where the host has none of this id. */
  MailPassword get(TenantContext context, UUID hostId, UUID id);

  /**
   * Has a mailbox's password replaced on a host from now on. At most once per idempotency key of
   * the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where a path or name is
   *     none, or there is no such mailbox; {@code conflict} where the mailbox's password stands
   *     elsewhere already
   */
  MailPassword register(TenantContext context, UUID hostId, NewMailPassword wanted);

  /**
   * Has a password replaced no more; it stays as it is.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} while it is being replaced
   */
  void remove(TenantContext context, UUID hostId, UUID id);

  /**
   * A password to be replaced from now on.
   *
   * @param graceFile a second file of another passdb, or null to swap passwords while mail waits
   * @param rotationDays after how many days, or null for 180
   */
  record NewMailPassword(
      UUID mailboxId, String user, String file, String graceFile, Integer rotationDays) {}
}
