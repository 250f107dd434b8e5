// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.util.UUID;

/** Which lane: a tenant's mailbox. */
public record LaneKey(UUID tenantId, UUID laneId) {

  /** Returns the name of the lease that whoever works on the lane holds. */
  public String lease() {
    return "lane/" + tenantId + "/" + laneId;
  }
}
