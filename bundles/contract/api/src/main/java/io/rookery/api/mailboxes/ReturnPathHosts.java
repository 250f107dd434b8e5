// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.TenantContext;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The hosts that bounces of a tenant's mail may come to. Thread-safe. */
@ProviderType
public interface ReturnPathHosts {

  /**
   * Returns the host for the envelope senders of mail whose From is of a domain: that of the
   * tenant's nearest verified domain which is the same or above it, where its records were seen
   * right. It is aligned with the From by SPF (RFC 9989 §4.4). Empty where there is none. Cheap
   * enough for every turn of a lane: what was found is kept for half a minute.
   *
   * @param domain a domain in A-labels
   */
  Optional<String> of(TenantContext context, String domain);
}
