// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import io.rookery.spi.plugin.PluginStorage;
import io.rookery.testkit.plugin.MemoryPluginStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Storage in memory that notes the size of each batch and lets a test look just before it is kept.
 */
final class BatchStorage implements PluginStorage {

  final MemoryPluginStorage memory = new MemoryPluginStorage();
  final List<Integer> batches = new ArrayList<>();
  Runnable beforeAdd = () -> {};

  @Override
  public void add(UUID tenantId, Map<String, byte[]> entries) {
    beforeAdd.run();
    batches.add(entries.size());
    memory.add(tenantId, entries);
  }

  @Override
  public Optional<Entry> get(UUID tenantId, String key) {
    return memory.get(tenantId, key);
  }

  @Override
  public long put(UUID tenantId, String key, byte[] value, long expectedVersion) {
    return memory.put(tenantId, key, value, expectedVersion);
  }

  @Override
  public boolean remove(UUID tenantId, String key, long expectedVersion) {
    return memory.remove(tenantId, key, expectedVersion);
  }

  @Override
  public int removeBefore(UUID tenantId, String prefix, String bound) {
    return memory.removeBefore(tenantId, prefix, bound);
  }

  @Override
  public List<Entry> scan(UUID tenantId, Scan scan) {
    return memory.scan(tenantId, scan);
  }
}
