// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.plugin;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.PluginStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Plugin storage in memory. It can be taken away and given back, as a database can. What one
 * instance keeps is what several instances of a plugin share.
 */
public final class MemoryPluginStorage implements PluginStorage {

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._/-]{1,200}");

  private final Map<UUID, NavigableMap<String, Entry>> tenants = new HashMap<>();
  private boolean available = true;
  private int calls;

  /** Lets every call fail with {@code unavailable}, or work again. */
  public synchronized void setAvailable(boolean available) {
    this.available = available;
  }

  /** Returns how many calls were made so far. */
  public synchronized int calls() {
    return calls;
  }

  @Override
  public synchronized Optional<Entry> get(UUID tenantId, String key) {
    return Optional.ofNullable(entries(tenantId, key).get(key)).map(MemoryPluginStorage::copy);
  }

  @Override
  public synchronized long put(UUID tenantId, String key, byte[] value, long expectedVersion) {
    Entry present = entries(tenantId, key).get(key);
    if ((present == null ? 0 : present.version()) != expectedVersion) {
      throw new RookeryException(CommonErrors.CONFLICT, "The entry was changed in between");
    }
    long version = expectedVersion + 1;
    entries(tenantId, key).put(key, new Entry(key, value.clone(), version));
    return version;
  }

  @Override
  public synchronized void add(UUID tenantId, Map<String, byte[]> added) {
    for (String key : added.keySet()) {
      if (entries(tenantId, key).containsKey(key)) {
        throw new RookeryException(CommonErrors.CONFLICT, "There is one like it already");
      }
    }
    added.forEach(
        (key, value) -> entries(tenantId, key).put(key, new Entry(key, value.clone(), 1)));
  }

  @Override
  public synchronized boolean remove(UUID tenantId, String key, long expectedVersion) {
    Entry present = entries(tenantId, key).get(key);
    return present != null
        && present.version() == expectedVersion
        && entries(tenantId, key).remove(key) != null;
  }

  @Override
  public synchronized int removeBefore(UUID tenantId, String prefix, String bound) {
    NavigableMap<String, Entry> entries = entries(tenantId, prefix);
    int before = entries.size();
    entries.keySet().removeIf(key -> key.startsWith(prefix) && key.compareTo(bound) < 0);
    return before - entries.size();
  }

  @Override
  public synchronized List<Entry> scan(UUID tenantId, Scan scan) {
    NavigableMap<String, Entry> entries = entries(tenantId, scan.prefix());
    NavigableMap<String, Entry> ordered = scan.descending() ? entries.descendingMap() : entries;
    if (scan.beyond() != null) {
      ordered = ordered.tailMap(scan.beyond(), false);
    }
    List<Entry> found = new ArrayList<>();
    for (Entry entry : ordered.values()) {
      if (found.size() < scan.limit() && entry.key().startsWith(scan.prefix())) {
        found.add(copy(entry));
      }
    }
    return found;
  }

  private NavigableMap<String, Entry> entries(UUID tenantId, String key) {
    calls++;
    if (!available) {
      throw RookeryException.unavailable(
          "The storage cannot be had now", Duration.ofSeconds(5), null);
    }
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("Not a storage key: " + key);
    }
    return tenants.computeIfAbsent(tenantId, none -> new TreeMap<>());
  }

  private static Entry copy(Entry entry) {
    return new Entry(entry.key(), entry.value().clone(), entry.version());
  }
}
