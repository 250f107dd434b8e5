// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.function.Predicate;

/**
 * Those who wait for slots toward one server, by tenants: of the tenants the one whose turn it is
 * by weight, of a tenant's whoever has waited longest. Not thread-safe: {@link Slots} guards it.
 */
final class WaitingLine {

  private final FairClock clock = new FairClock();
  private final List<Group> groups = new ArrayList<>();

  /** One who waits. */
  static final class Waiter {
    private final Seat seat;
    private final Condition told;
    private final long number;
    private boolean has;
    private boolean recalled;

    /** Makes a waiter; numbers rise. */
    Waiter(Seat seat, Condition told, long number) {
      this.seat = seat;
      this.told = told;
      this.number = number;
    }

    Seat seat() {
      return seat;
    }

    /** Returns whether it need not wait any longer. */
    boolean done() {
      return has || recalled;
    }

    boolean has() {
      return has;
    }

    Condition told() {
      return told;
    }

    void grant() {
      has = true;
      told.signal();
    }

    void recall() {
      recalled = true;
      told.signal();
    }
  }

  private record Group(FairClock.Flow flow, Deque<Waiter> waiters) {}

  boolean isEmpty() {
    return groups.isEmpty();
  }

  void add(Waiter waiter) {
    FairClock.Flow flow = waiter.seat().flow();
    Group group = find(flow);
    if (group == null) {
      group = new Group(flow, new ArrayDeque<>());
      groups.add(group);
    }
    group.waiters().addLast(waiter);
  }

  void remove(Waiter waiter) {
    Group group = find(waiter.seat().flow());
    if (group != null && group.waiters().remove(waiter) && group.waiters().isEmpty()) {
      groups.remove(group);
    }
  }

  private Group find(FairClock.Flow flow) {
    for (Group group : groups) {
      if (group.flow() == flow) {
        return group;
      }
    }
    return null;
  }

  /** Returns whose turn it is of those that may have a slot, or null. */
  Waiter next(Predicate<Seat> may) {
    Waiter best = null;
    double bestStart = 0;
    for (Group group : groups) {
      Waiter first = first(group, may);
      double start = clock.start(group.flow());
      if (first != null
          && (best == null
              || start < bestStart
              || start == bestStart && first.number < best.number)) {
        best = first;
        bestStart = start;
      }
    }
    return best;
  }

  /** Returns which of a tenant's may have a slot next, or null. */
  Waiter next(FairClock.Flow flow, Predicate<Seat> may) {
    Group group = find(flow);
    return group == null ? null : first(group, may);
  }

  private static Waiter first(Group group, Predicate<Seat> may) {
    for (Waiter waiter : group.waiters()) {
      if (may.test(waiter.seat())) {
        return waiter;
      }
    }
    return null;
  }

  /** Notes that a tenant took a slot. */
  void serve(FairClock.Flow flow) {
    clock.serve(flow);
  }

  /** Ends the waiting of those for whom that is asked. */
  void recall(Predicate<Seat> whom) {
    for (Group group : groups) {
      for (Waiter waiter : group.waiters()) {
        if (whom.test(waiter.seat())) {
          waiter.recall();
        }
      }
    }
  }
}
