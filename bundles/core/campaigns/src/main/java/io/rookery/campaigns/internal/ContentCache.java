// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.CampaignContent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Compiled contents that were asked for last. A content never changes, so nothing here grows stale.
 * Thread-safe.
 */
final class ContentCache {

  private final Map<Key, CampaignContent> contents;

  private record Key(UUID tenantId, UUID id) {}

  ContentCache(int most) {
    contents =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, CampaignContent> eldest) {
            return size() > most;
          }
        };
  }

  synchronized CampaignContent get(UUID tenantId, UUID id) {
    return contents.get(new Key(tenantId, id));
  }

  synchronized void put(UUID tenantId, CampaignContent content) {
    contents.put(new Key(tenantId, content.id()), content);
  }

  synchronized int size() {
    return contents.size();
  }
}
