// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import java.util.List;
import java.util.UUID;

/** Tells the line of this node of what is urgent. Thread-safe. */
@FunctionalInterface
public interface LaneUrge {

  /** Has lanes that are at work here look for what is more urgent than what they had. */
  void urge(UUID tenantId, List<UUID> laneIds);
}
