// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.plugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Durable storage of one plugin, kept apart per tenant. The service is bound to the bundle that
 * asks for it: a plugin never sees what another one keeps. Wherever a tenant is asked for, null
 * means the platform itself. Keys have 1 to 200 characters of {@code A-Z a-z 0-9 . _ / -} and are
 * ordered by their bytes; values have at most 30 MiB. Each call is one transaction. Thread-safe.
 * Never a place for a secret in clear.
 */
@ProviderType
public interface PluginStorage {

  /** Returns the entry of a key, or empty where there is none. */
  Optional<Entry> get(UUID tenantId, String key);

  /**
   * Sets a key's value if its version is still the expected one.
   *
   * @param expectedVersion the version last seen, or 0 where the key must not exist yet
   * @return the new version
   * @throws io.rookery.kernel.RookeryException {@code conflict} where the version is another one
   */
  long put(UUID tenantId, String key, byte[] value, long expectedVersion);

  /** Adds new entries, all or none; {@code conflict} where one of the keys exists. */
  void add(UUID tenantId, Map<String, byte[]> entries);

  /** Removes a key if its version is still the expected one; returns whether it did. */
  boolean remove(UUID tenantId, String key, long expectedVersion);

  /** Removes every key of a prefix that is smaller than a bound; returns how many. */
  int removeBefore(UUID tenantId, String prefix, String bound);

  /** Returns entries in the order that was asked for, from beyond a key. */
  List<Entry> scan(UUID tenantId, Scan scan);

  /**
   * Which entries are wanted.
   *
   * @param prefix what every key begins with, not empty
   * @param beyond the last key seen, or null to begin at the end that the order begins with
   * @param limit how many at most, 1 to 1,000
   * @param descending whether the greatest key comes first
   */
  record Scan(String prefix, String beyond, int limit, boolean descending) {

    /** Checks the limit and the prefix. */
    public Scan {
      if (prefix == null || prefix.isEmpty() || limit < 1 || limit > 1000) {
        throw new IllegalArgumentException("A scan needs a prefix and a limit of 1 to 1000");
      }
    }
  }

  /**
   * A key, its value and the version to give when it is next changed.
   *
   * @param value the bytes; not copied, so not to be changed
   */
  record Entry(String key, byte[] value, long version) {}
}
