// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lanes that rest on this node because of their backend: none was installed, or the version
 * that they used failed. They may go on as soon as another one is there for them. Thread-safe.
 */
final class Resting {

  private final Map<LaneKey, On> lanes = new ConcurrentHashMap<>();

  /** What a lane rests for; the handle is null where none was installed. */
  private record On(String backend, BackendHandle handle) {}

  void add(LaneKey lane, String backend, BackendHandle handle) {
    lanes.put(lane, new On(backend, handle));
  }

  void remove(LaneKey lane) {
    lanes.remove(lane);
  }

  /**
   * Takes the lanes for which another backend than they rest for is there now, be it the same
   * version started again.
   */
  List<LaneKey> takeReady(Backends backends) {
    return lanes.entrySet().stream()
        .filter(entry -> ready(backends, entry.getKey().tenantId(), entry.getValue()))
        .map(Map.Entry::getKey)
        .filter(lane -> lanes.remove(lane) != null)
        .toList();
  }

  private static boolean ready(Backends backends, UUID tenantId, On on) {
    return backends
        .find(on.backend(), tenantId)
        .filter(handle -> handle != on.handle())
        .isPresent();
  }
}
