// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A server that lanes of this node send to: what may be on its way there, and who waits for it.
 * Lanes of different tenants can share one. Not thread-safe: {@link Slots} guards it.
 */
final class Relay {

  private final String digest;
  private final Pace pace;
  private final Map<UUID, Tenant> tenants = new HashMap<>();
  private final WaitingLine urgent = new WaitingLine();
  private final WaitingLine campaigns = new WaitingLine();
  private long usedAt;

  /** Makes a relay; the digest names it to other nodes. */
  Relay(String digest, Pace pace, long now) {
    this.digest = digest;
    this.pace = pace;
    this.usedAt = now;
  }

  /** A tenant that sends to this server: its places among campaigns and among urgent mail. */
  static final class Tenant {
    private final FairClock.Flow campaigns = new FairClock.Flow(1);
    private final FairClock.Flow urgent = new FairClock.Flow(1);
    private final Map<UUID, Long> askedAt = new HashMap<>();
    private int weight = 1;
    private double part = 1;

    /** Takes the tenant's weight over. */
    void weigh(int weight) {
      this.weight = weight;
      urgent.weigh(weight);
      campaigns.weigh(weight * part);
    }

    /** Takes over which part of the tenant's lanes to this server is on this node. */
    void part(double part) {
      this.part = part;
      campaigns.weigh(weight * part);
    }

    int weight() {
      return weight;
    }

    FairClock.Flow flow(boolean isUrgent) {
      return isUrgent ? urgent : campaigns;
    }

    /** Notes that a lane of the tenant wants to send campaigns. */
    void asked(UUID lane, long now) {
      askedAt.put(lane, now);
    }

    /** Returns how many lanes have wanted to since a moment, and forgets the others. */
    int lanesSince(long since) {
      askedAt.values().removeIf(at -> at - since < 0);
      return askedAt.size();
    }
  }

  /** Returns a tenant's part in this relay. */
  Tenant tenant(UUID tenantId) {
    return tenants.computeIfAbsent(tenantId, id -> new Tenant());
  }

  Map<UUID, Tenant> tenants() {
    return tenants;
  }

  String digest() {
    return digest;
  }

  Pace pace() {
    return pace;
  }

  WaitingLine line(boolean isUrgent) {
    return isUrgent ? urgent : campaigns;
  }

  boolean admits(boolean isUrgent, long now) {
    return isUrgent ? pace.admitsUrgent() : pace.admits(now);
  }

  /** Notes that a lane begins to send to it. */
  void used(long now) {
    usedAt = now;
  }

  /** Returns whether nobody has used it since a moment. */
  boolean idleSince(long since) {
    return usedAt - since < 0 && pace.inFlight() == 0 && urgent.isEmpty() && campaigns.isEmpty();
  }
}
