// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.spi.plugin.PluginStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A storage that dies before one of its writes. */
final class MortalStorage implements PluginStorage {

  private final PluginStorage storage;
  private int left;

  MortalStorage(PluginStorage storage) {
    this.storage = storage;
  }

  /** Says that the process died here. */
  static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Does so many writes more, and no other. */
  void dieAt(int writes) {
    left = writes;
  }

  private void live() {
    if (left-- <= 0) {
      throw new Death();
    }
  }

  @Override
  public Optional<Entry> get(UUID tenantId, String key) {
    return storage.get(tenantId, key);
  }

  @Override
  public long put(UUID tenantId, String key, byte[] value, long expected) {
    live();
    return storage.put(tenantId, key, value, expected);
  }

  @Override
  public void add(UUID tenantId, Map<String, byte[]> entries) {
    live();
    storage.add(tenantId, entries);
  }

  @Override
  public int removeBefore(UUID tenantId, String prefix, String bound) {
    live();
    return storage.removeBefore(tenantId, prefix, bound);
  }

  @Override
  public boolean remove(UUID tenantId, String key, long expected) {
    live();
    return storage.remove(tenantId, key, expected);
  }

  @Override
  public List<Entry> scan(UUID tenantId, Scan scan) {
    return storage.scan(tenantId, scan);
  }
}
