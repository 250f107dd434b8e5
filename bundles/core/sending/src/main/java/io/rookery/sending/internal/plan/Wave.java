// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.PlanStore.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Some contacts and the mailboxes that have room for all of them.
 *
 * @param rooms together at least as large as there are contacts
 */
record Wave(List<Room> rooms, List<UUID> contacts) {

  /** Returns how many messages fit into rooms. */
  static long size(List<Room> rooms) {
    return rooms.stream().mapToLong(Room::room).sum();
  }

  /**
   * Returns a message for each contact, mailboxes taking turns by the share that their room and
   * their health give them; whoever has no room left takes none.
   */
  List<MessageStore.New> messages() {
    long[] left = rooms.stream().mapToLong(Room::room).toArray();
    double[] credit = new double[left.length];
    double total = rooms.stream().mapToDouble(Room::weight).sum();
    List<MessageStore.New> messages = new ArrayList<>(contacts.size());
    for (UUID contact : contacts) {
      int best = -1;
      for (int i = 0; i < left.length; i++) {
        credit[i] += rooms.get(i).weight() / total;
        if (left[i] > 0 && (best < 0 || credit[i] > credit[best])) {
          best = i;
        }
      }
      credit[best]--;
      left[best]--;
      Room room = rooms.get(best);
      messages.add(
          new MessageStore.New(Uuids.next(), contact, null, room.mailboxId(), room.host()));
    }
    return messages;
  }
}
