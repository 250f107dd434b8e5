// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Domains that a tenant may send for. Thread-safe. */
@ProviderType
public interface DomainService {

  /**
   * Lets a tenant send for a domain without its records being verified, as the operator's word;
   * kept for internal relays. Leaves an event. Repeating changes nothing.
   */
  DomainTrust trust(TenantContext operator, UUID tenantId, String domain);

  /** Takes the operator's word back. Repeating changes nothing. */
  void distrust(TenantContext operator, UUID tenantId, String domain);

  /** Returns the domains that the operator trusts for the context's tenant, by name. */
  List<DomainTrust> trusted(TenantContext context);

  /**
   * Returns whether the tenant may send for a domain: the operator trusts it or one above it, or
   * one of the tenant's own that is verified is the same or above it.
   */
  boolean maySend(TenantContext context, String domain);

  /**
   * Returns why the tenant may not send for a domain and what to do, in a sentence; empty where it
   * may.
   */
  Optional<String> objection(TenantContext context, String domain);

  /** The operator's word for a domain, in A-labels. */
  record DomainTrust(UUID id, String domain, String trustedBy, Instant trustedAt) {}
}
