// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A tenant's hosts. A host's key is pinned before anything is sent to it: by whoever knows its
 * fingerprint, or by somebody who looks at the key that it shows and confirms it. Each change
 * leaves an event. What talks to a host fails with one of {@link HostErrors} and takes at most a
 * minute. Thread-safe.
 */
@ProviderType
public interface HostService {

  /**
   * Registers a host without talking to it. At most once per idempotency key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code conflict} where the name is taken
   */
  Host create(TenantContext context, HostData data);

  /** Returns a host; {@code not_found} where the tenant has none of this id. */
  Host get(TenantContext context, UUID id);

  /** Returns the hosts, those registered first first. */
  Page<Host> list(TenantContext context, PageRequest page);

  /**
   * Changes a host; the pinned key stays, so that another machine at the new address is refused
   * until its key is pinned.
   *
   * @param expectedVersion the version that is to be changed, or 0 for any
   */
  Host update(TenantContext context, UUID id, HostData change, long expectedVersion);

  /**
   * Forgets a host and what is kept for it; on the host itself nothing changes.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} while passwords of mailboxes are
   *     replaced on it
   */
  void delete(TenantContext context, UUID id);

  /** Returns the key that the host shows now. Nothing is sent to it but what precedes a sign-in. */
  PresentedKey scan(TenantContext context, UUID id);

  /**
   * Pins the key of a fingerprint, in place of the one that was pinned before, once the host has
   * shown it. At most once per idempotency key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code host_key_changed} where it shows another
   */
  Host pin(TenantContext context, UUID id, String fingerprint);
}
