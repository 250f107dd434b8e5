// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The keys by which the platform signs in to hosts. Pairs are made here, put on the host over SSH,
 * and come into use once they have been seen to sign in. Every step is durable: whatever dies in
 * between, it goes on or is taken back by itself, and one pair works all the time. Failures are
 * those of {@link HostErrors}; the pair that worked before goes on working. Thread-safe.
 */
@ProviderType
public interface SshKeyService {

  /** Returns a host's keys, revoked ones too. */
  List<SshKey> list(TenantContext context, UUID hostId);

  /** Returns a key; {@code not_found} where the host has none of this id. */
  SshKey get(TenantContext context, UUID hostId, UUID id);

  /**
   * Makes a key, puts it on the host and signs in by it. Where that fails, nothing is left of it
   * here, and on the host at most a public line whose private half is gone. At most once per
   * idempotency key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code conflict} where the host has a key of this
   *     role that is not revoked
   */
  SshKey install(TenantContext context, UUID hostId, NewSshKey wanted);

  /**
   * Puts a new pair in place of the present one. At most once per idempotency key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} unless the key is active
   */
  SshKey rotate(TenantContext context, UUID hostId, UUID id, Rotation wanted);

  /**
   * Takes a key off the host. From this call on it is used for nothing else; where the host cannot
   * be reached the key stays {@code REVOKING} and it is tried again until it is seen to be refused.
   * A key that is revoked stays so. At most once per idempotency key of the context.
   *
   * @param incidentId why it is held to be compromised, or null
   */
  SshKey revoke(TenantContext context, UUID hostId, UUID id, String incidentId);

  /**
   * Shows the private half of the present pair, once for each pair, to a person alone. It is shown
   * only after that has been recorded.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} to programs, {@code already_done}
   *     where it was shown before
   */
  DownloadedKey download(TenantContext context, UUID hostId, UUID id);
}
