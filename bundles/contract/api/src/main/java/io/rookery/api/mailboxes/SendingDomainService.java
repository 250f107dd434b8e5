// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The domains that a tenant sends for: their records, keys and verification. Several tenants may
 * have the same domain, each with selectors of its own; only what verifies may send. Thread-safe.
 */
@ProviderType
public interface SendingDomainService {

  /**
   * Makes a domain and its DKIM keys; at most once per idempotency key of the context. The private
   * keys go to the secret store, under {@code dkim/{domain}/{selector}}.
   *
   * @param name a domain in either form of IDN, with two labels or more
   * @param workspaceId the workspace that it is put into, or null for the main one
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where it is no domain, a
   *     public suffix or an address, {@code conflict} where the tenant has it, {@code unavailable}
   *     while the secret store is sealed
   */
  SendingDomain create(TenantContext context, String name, UUID workspaceId);

  /** Makes a domain as {@link #create(TenantContext, String, UUID)}, in no certain workspace. */
  default SendingDomain create(TenantContext context, String name) {
    return create(context, name, null);
  }

  /** Returns a domain of the tenant with its records and what was last seen of them. */
  SendingDomain get(TenantContext context, UUID id);

  /** Returns the tenant's domains by id. */
  Page<SendingDomain> list(TenantContext context, PageRequest page);

  /**
   * Removes a domain and its keys; mail from it goes unsigned from then on. Keys that the secret
   * store does not give up now stay in it, unused, and the log names them.
   */
  void delete(TenantContext context, UUID id);

  /**
   * Looks at the domain's records now, within about 20 seconds, and keeps what was found. A name
   * server that fails or is slow changes nothing about the domain's state. Leaves the events {@code
   * domain.verified} and {@code domain.failing}.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} where too many checks run on
   *     this node
   */
  SendingDomain verify(TenantContext context, UUID id);

  /**
   * Makes new DKIM keys under new selectors, at most once per idempotency key of the context. They
   * sign as soon as a check has seen the new RSA record; the old ones stay published for 48 hours
   * from then. Keys that have not been seen published are thrown away for the new ones.
   */
  SendingDomain rotateDkim(TenantContext context, UUID id);
}
