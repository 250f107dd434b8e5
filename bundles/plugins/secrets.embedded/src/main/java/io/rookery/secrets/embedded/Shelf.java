// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.PluginStorage;
import io.rookery.spi.plugin.PluginStorage.Entry;
import io.rookery.spi.plugin.PluginStorage.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The plugin's storage with this store's failures. A null tenant is the platform. */
final class Shelf {

  private static final int PAGE = 100;

  private final PluginStorage storage;

  Shelf(PluginStorage storage) {
    this.storage = storage;
  }

  Optional<Entry> get(UUID tenantId, String key) {
    return translated(() -> storage.get(tenantId, key));
  }

  /** Puts a value if the version is still the expected one; returns whether it was. */
  boolean put(UUID tenantId, String key, byte[] value, long expected) {
    try {
      storage.put(tenantId, key, value, expected);
      return true;
    } catch (RookeryException e) {
      if (e.code().equals(CommonErrors.CONFLICT)) {
        return false;
      }
      throw unreachable(e);
    }
  }

  /** Removes a key if its version is still the expected one; returns whether it was. */
  boolean remove(UUID tenantId, String key, long expected) {
    return translated(() -> storage.remove(tenantId, key, expected));
  }

  /** Returns every entry of a prefix. */
  List<Entry> all(UUID tenantId, String prefix) {
    List<Entry> all = new ArrayList<>();
    List<Entry> page;
    do {
      String beyond = all.isEmpty() ? null : all.get(all.size() - 1).key();
      page = translated(() -> storage.scan(tenantId, new Scan(prefix, beyond, PAGE, false)));
      all.addAll(page);
    } while (page.size() == PAGE);
    return all;
  }

  private static <T> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (RookeryException e) {
      throw unreachable(e);
    }
  }

  private static RuntimeException unreachable(RookeryException e) {
    return Failures.unreachable("The database that keeps the secrets cannot be had now", e);
  }
}
