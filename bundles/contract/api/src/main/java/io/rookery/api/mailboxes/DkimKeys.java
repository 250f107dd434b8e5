// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.TenantContext;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The keys that sign a tenant's mail. Thread-safe. */
@ProviderType
public interface DkimKeys {

  /**
   * Returns what signs mail whose From is of a domain, the signature that every receiver verifies
   * first: keys of that domain, or of the nearest one above it, that are aligned with it (RFC 9989
   * §4.4) and whose records were seen published. Empty where the tenant has none, or where the
   * operator trusts the domain and its records are not right. Cheap enough for every turn of a
   * lane: the keys are kept in memory until they change.
   *
   * @param domain a domain in A-labels
   * @throws io.rookery.kernel.RookeryException {@code unavailable} while the secret store is sealed
   *     and the keys are not in memory, and while the domain or one above it is failing and nothing
   *     is left to sign with
   */
  List<DkimKey> of(TenantContext context, String domain);
}
