// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

/**
 * The slots that a lane takes in a turn: for campaigns and for what is urgent, by its tenant's
 * weight. Thread-safe.
 */
final class Seats {

  private final Slots slots;
  private final LaneKey lane;
  private volatile int weight = 1;
  private volatile Seat campaigns;
  private volatile Seat urgent;

  Seats(Slots slots, LaneKey lane) {
    this.slots = slots;
    this.lane = lane;
  }

  /** Takes the lane's seats at a relay; before anything is handed out. */
  void at(Relay relay) {
    campaigns = slots.seat(lane, relay, false);
    urgent = slots.seat(lane, relay, true);
    slots.weigh(campaigns, weight);
  }

  /** Takes the tenant's weight over. */
  void weigh(int now) {
    if (now != weight && campaigns != null) {
      slots.weigh(campaigns, now);
    }
    weight = now;
  }

  int weight() {
    return weight;
  }

  /** Returns the seat for a message. */
  Seat of(ClaimedMessage message) {
    return message.urgent() ? urgent : campaigns;
  }

  /** Ends the waiting of the lane for slots for campaigns. */
  void recall() {
    slots.recall(lane.laneId());
  }
}
