// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How many checks of domains run at once on this node, of which each tenant has only a part: the
 * name servers of one may all be slow. Thread-safe.
 */
final class CheckRoom {

  private static final int AT_ONCE = 8;
  private static final int EACH = 2;

  private final Map<UUID, Integer> running = new HashMap<>();
  private int all;

  /** Returns whether there is room for a check of a tenant's; who enters leaves. */
  synchronized boolean enter(UUID tenantId) {
    int its = running.getOrDefault(tenantId, 0);
    if (all == AT_ONCE || its == EACH) {
      return false;
    }
    all++;
    running.put(tenantId, its + 1);
    return true;
  }

  synchronized void leave(UUID tenantId) {
    all--;
    running.computeIfPresent(tenantId, (id, its) -> its == 1 ? null : its - 1);
  }
}
