// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import io.rookery.kernel.Uuids;
import io.rookery.spi.mail.CaughtMail.Caught;
import io.rookery.spi.mail.RawMessage;
import io.rookery.spi.plugin.PluginStorage;
import io.rookery.spi.plugin.PluginStorage.Entry;
import io.rookery.spi.plugin.PluginStorage.Scan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The caught mails of all tenants, in the plugin's own storage under keys that grow with time. Each
 * tenant keeps its newest ones; older ones are removed now and then. Thread-safe.
 */
final class CaughtMails {

  private static final String PREFIX = "mail/";
  private static final String END = "mail0";
  private static final int SCAN = 1000;

  private final PluginStorage storage;
  private final int kept;
  private final Map<UUID, Integer> addedSince = new ConcurrentHashMap<>();

  CaughtMails(PluginStorage storage, int kept) {
    this.storage = storage;
    this.kept = kept;
  }

  /** Keeps messages, all or none; they are durable when this returns. */
  void add(UUID tenantId, List<RawMessage> messages) {
    Map<String, byte[]> entries = new HashMap<>();
    for (RawMessage message : messages) {
      entries.put(PREFIX + Uuids.next(), CaughtCodec.encode(message));
    }
    storage.add(tenantId, entries);
    if (addedSince.merge(tenantId, messages.size(), Integer::sum) >= Math.max(1, kept / 10)) {
      addedSince.put(tenantId, 0);
      trim(tenantId);
    }
  }

  private void trim(UUID tenantId) {
    String beyond = null;
    for (int left = kept; left > 0; ) {
      List<Entry> page =
          storage.scan(tenantId, new Scan(PREFIX, beyond, Math.min(SCAN, left), true));
      if (page.isEmpty()) {
        return;
      }
      left -= page.size();
      beyond = page.get(page.size() - 1).key();
    }
    storage.removeBefore(tenantId, PREFIX, beyond);
  }

  List<Caught> list(UUID tenantId, UUID beyond, int limit) {
    String key = beyond == null ? null : PREFIX + beyond;
    return storage.scan(tenantId, new Scan(PREFIX, key, limit, true)).stream()
        .map(entry -> CaughtCodec.decode(id(entry), entry.value(), false))
        .toList();
  }

  Optional<Caught> get(UUID tenantId, UUID id) {
    return storage
        .get(tenantId, PREFIX + id)
        .map(entry -> CaughtCodec.decode(id, entry.value(), true));
  }

  int clear(UUID tenantId) {
    return storage.removeBefore(tenantId, PREFIX, END);
  }

  private static UUID id(Entry entry) {
    return UUID.fromString(entry.key().substring(PREFIX.length()));
  }
}
