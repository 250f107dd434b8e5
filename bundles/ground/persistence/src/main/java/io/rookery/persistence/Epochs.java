// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Numbers that rise when something that nodes cache has changed. A node learns of a rise within two
 * seconds, wherever it was made; a node that cannot ask the database stops trusting its caches.
 */
@ProviderType
public interface Epochs {

  /** Raises a tenant's number for a topic such as {@code api-keys}; effective once committed. */
  void raise(UUID tenantId, String topic);

  /**
   * Returns the tenant's number as this node knows it, at most two seconds old; 0 where never
   * raised.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} where the node's knowledge is
   *     older
   */
  long current(UUID tenantId, String topic);
}
