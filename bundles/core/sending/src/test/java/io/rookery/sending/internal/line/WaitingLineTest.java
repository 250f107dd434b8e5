// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.sending.internal.line.WaitingLine.Waiter;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WaitingLineTest {

  private final Relay relay = new Relay("relay", new Pace(64, 0), 0);
  private final WaitingLine line = relay.line(false);
  private final Map<UUID, Integer> served = new HashMap<>();
  private long numbers;

  private Seat seat(int tenant, int weight) {
    UUID id = new UUID(0, tenant);
    relay.tenant(id).weigh(weight);
    return new Seat(id, relay, relay.tenant(id), new FairClock.Flow(weight), false);
  }

  private void wait(Seat seat) {
    line.add(new Waiter(seat, null, numbers++));
  }

  /** Serves so many, each of which waits again at once. */
  private void serve(int count) {
    for (int i = 0; i < count; i++) {
      Waiter next = line.next(seat -> true);
      line.remove(next);
      line.serve(next.seat().flow());
      served.merge(next.seat().account(), 1, Integer::sum);
      wait(next.seat());
    }
  }

  private int served(int tenant) {
    return served.getOrDefault(new UUID(0, tenant), 0);
  }

  @Test
  void tenantsThatAlwaysWaitShouldBeServedByTheirWeights() {
    for (int waiters = 0; waiters < 40; waiters++) {
      wait(seat(1, 1));
    }
    wait(seat(2, 2));
    wait(seat(4, 4));

    serve(700);

    assertThat(served(1)).isBetween(99, 101);
    assertThat(served(2)).isBetween(199, 201);
    assertThat(served(4)).isBetween(399, 401);
  }

  @Test
  void whoWasIdleShouldHaveSavedUpNothing() {
    wait(seat(1, 1));
    wait(seat(2, 1));
    serve(1_000);
    wait(seat(3, 1));
    served.clear();

    serve(300);

    assertThat(served(1)).isBetween(99, 101);
    assertThat(served(3)).isBetween(99, 101);
  }

  @Test
  void whoMissesATurnForAMomentShouldLoseNoMoreThanThat() {
    wait(seat(1, 1));
    wait(seat(2, 1));
    for (int round = 0; round < 100; round++) {
      // The second tenant's only connection is busy for half of the time.
      Waiter next = line.next(seat -> true);
      line.remove(next);
      line.serve(next.seat().flow());
      served.merge(next.seat().account(), 1, Integer::sum);
      if (next.seat().account().equals(new UUID(0, 2))) {
        serve(1);
      }
      wait(next.seat());
    }
    assertThat(served(2)).isBetween(95, 101);
  }

  @Test
  void aWeightThatChangesShouldCountFromTheNextOn() {
    wait(seat(1, 1));
    wait(seat(2, 1));
    serve(100);
    relay.tenant(new UUID(0, 2)).weigh(9);
    served.clear();

    serve(1_000);

    assertThat(served(2)).isBetween(898, 902);
  }

  @Test
  void ofATenantsWhoeverHasWaitedLongestAndMayShouldCome() {
    Seat slow = seat(1, 1);
    Seat other = new Seat(new UUID(9, 9), relay, slow.tenant(), new FairClock.Flow(1), false);
    wait(slow);
    wait(other);
    wait(slow);

    assertThat(line.next(seat -> true).seat()).isSameAs(slow);
    assertThat(line.next(seat -> seat != slow).seat()).isSameAs(other);
    assertThat(line.next(seat -> false)).isNull();
  }
}
