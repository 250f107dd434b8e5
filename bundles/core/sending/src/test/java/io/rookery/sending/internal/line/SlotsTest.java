// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final Duration NOW = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(30);
  private final UUID one = new UUID(0, 1);
  private final UUID other = new UUID(0, 2);
  private final Relay relay = new Relay("relay", new Pace(64, 0), 0);
  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  private Seat seat(Slots slots, UUID account) {
    return slots.seat(new LaneKey(account, account), relay, false);
  }

  private Seat urgent(Slots slots, UUID account) {
    return slots.seat(new LaneKey(account, account), relay, true);
  }

  private static void end(Slots slots, Seat seat) {
    slots.landed(seat, 0);
    slots.free(seat);
  }

  @Test
  void anAccountShouldNeverHoldMoreThanItsShare() throws Exception {
    Slots slots = new Slots(4, 3);

    for (int i = 0; i < 3; i++) {
      assertThat(slots.take(seat(slots, one), NOW)).isTrue();
    }
    assertThat(slots.take(seat(slots, one), NOW)).isFalse();
    assertThat(slots.take(seat(slots, other), NOW)).isTrue();
    assertThat(slots.take(seat(slots, other), NOW)).isFalse();
    assertThat(slots.taken()).isEqualTo(4);
  }

  @Test
  void aSlowAccountShouldHaveOneSlotUntilItAnswers() throws Exception {
    Slots slots = new Slots(8, 6);
    Seat seat = seat(slots, one);
    slots.slow(one, true);

    assertThat(slots.take(seat, NOW)).isTrue();
    assertThat(slots.take(seat, NOW)).isFalse();
    slots.slow(one, false);
    assertThat(slots.take(seat, NOW)).isTrue();
  }

  @Test
  void takeShouldWaitForAFreedSlot() throws Exception {
    Slots slots = new Slots(1, 1);
    slots.take(seat(slots, one), NOW);
    Future<Boolean> waiting = executor.submit(() -> slots.take(seat(slots, other), LONG));
    end(slots, seat(slots, one));
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(slots.awaitIdle(one, NOW)).isTrue();
    assertThat(slots.awaitIdle(other, NOW)).isFalse();
  }

  @Test
  void freedSlotShouldGoToWhoeverMayHaveIt() throws Exception {
    Slots slots = new Slots(2, 1);
    slots.take(seat(slots, one), NOW);
    slots.take(seat(slots, other), NOW);
    Future<Boolean> early = waiting(slots, seat(slots, one));
    Future<Boolean> late = waiting(slots, seat(slots, other));

    end(slots, seat(slots, other));

    assertThat(late.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(early.isDone()).isFalse();
    end(slots, seat(slots, one));
    assertThat(early.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoGivesUpWaitingShouldTakeNothing() throws Exception {
    Slots slots = new Slots(1, 1);
    slots.take(seat(slots, one), NOW);
    Future<Boolean> interrupted = waiting(slots, seat(slots, other));
    executor.shutdownNow();
    assertThat(slots.take(seat(slots, other), Duration.ofMillis(5))).isFalse();
    assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).failsWithin(NOW);

    end(slots, seat(slots, one));

    assertThat(slots.taken()).isZero();
    assertThat(slots.take(seat(slots, other), NOW)).isTrue();
  }

  @Test
  void whatIsUrgentShouldHaveTheNextSlotThoughOthersWaitedLonger() throws Exception {
    Slots slots = new Slots(2, 2);
    slots.take(seat(slots, one), NOW);
    slots.take(seat(slots, one), NOW);
    Future<Boolean> campaign = waiting(slots, seat(slots, one));
    Future<Boolean> urgent = waiting(slots, urgent(slots, other));

    end(slots, seat(slots, one));

    assertThat(urgent.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(campaign.isDone()).isFalse();
  }

  @Test
  void campaignsShouldLeaveAnEighthOfTheWindowToWhatIsUrgent() throws Exception {
    Slots slots = new Slots(16, 16);
    Seat campaign = seat(slots, one);
    int campaigns = 0;
    while (slots.take(campaign, NOW)) {
      campaigns++;
    }
    assertThat(campaigns).isEqualTo(14);
    assertThat(slots.take(urgent(slots, other), NOW)).isTrue();
    assertThat(slots.take(urgent(slots, other), NOW)).isTrue();
    assertThat(slots.take(urgent(slots, other), NOW)).isFalse();
  }

  @Test
  void aServerThatIsScarceShouldHoldBackCampaignsAndNotWhatIsUrgent() throws Exception {
    Slots slots = new Slots(64, 48);
    Seat campaign = seat(slots, one);
    int campaigns = 0;
    while (slots.take(campaign, NOW)) {
      campaigns++;
    }
    // Of a server that nothing is known of.
    assertThat(campaigns).isEqualTo(16);
    Relay free = new Relay("free", new Pace(64, 0), 0);
    Seat elsewhere = slots.seat(new LaneKey(one, one), free, false);
    assertThat(slots.take(elsewhere, NOW)).isTrue();
    assertThat(slots.take(urgent(slots, other), NOW)).isTrue();

    Future<Boolean> waiting = waiting(slots, seat(slots, other));
    slots.landed(campaign, 0);
    assertThat(waiting.isDone()).isFalse();
    slots.landed(campaign, 0);
    // On its way is what has no answer yet; the slot itself is held until the outcome is recorded.
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(slots.taken()).isEqualTo(campaigns + 3);
  }

  @Test
  void aTurnShouldHaveSixteenSlotsWhereNoServerIsScarce() throws Exception {
    Slots slots = new Slots(1, 1);
    Seat holder = seat(slots, new UUID(0, 3));
    slots.take(holder, NOW);
    List<UUID> served = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 20; i++) {
      for (UUID account : List.of(one, other)) {
        Seat seat = seat(slots, account);
        waiting(
            () -> {
              slots.take(seat, LONG);
              served.add(account);
              return true;
            });
      }
    }

    for (int i = 1; i <= 40; i++) {
      int count = i;
      end(slots, holder);
      await().until(() -> served.size() == count);
      holder = seat(slots, served.get(count - 1));
    }

    List<UUID> expected = new ArrayList<>();
    expected.addAll(Collections.nCopies(16, one));
    expected.addAll(Collections.nCopies(16, other));
    expected.addAll(Collections.nCopies(4, one));
    expected.addAll(Collections.nCopies(4, other));
    assertThat(served).isEqualTo(expected);
  }

  @Test
  void whoeverIsRecalledShouldStopWaitingForACampaign() throws Exception {
    Slots slots = new Slots(2, 1);
    slots.take(seat(slots, one), NOW);
    slots.take(seat(slots, other), NOW);
    Future<Boolean> recalled = waiting(slots, seat(slots, one));
    Future<Boolean> urgent = waiting(slots, urgent(slots, one));
    Future<Boolean> stays = waiting(slots, seat(slots, other));

    slots.recall(one);

    assertThat(recalled.get(20, TimeUnit.SECONDS)).isFalse();
    end(slots, seat(slots, one));
    end(slots, seat(slots, other));
    assertThat(urgent.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(stays.get(20, TimeUnit.SECONDS)).isTrue();
  }

  private Future<Boolean> waiting(Slots slots, Seat seat) {
    return waiting(() -> slots.take(seat, LONG));
  }

  private Future<Boolean> waiting(Callable<Boolean> take) {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<Boolean> waiting =
        executor.submit(
            () -> {
              thread.set(Thread.currentThread());
              return take.call();
            });
    await()
        .until(() -> thread.get() != null && thread.get().getState() == Thread.State.TIMED_WAITING);
    return waiting;
  }

  @Test
  void manyThreadsShouldNeverPassTheWindow() throws Exception {
    Slots slots = new Slots(5, 4);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 12; i++) {
      UUID account = new UUID(1, i % 3);
      Seat seat = i % 4 == 0 ? urgent(slots, account) : seat(slots, account);
      executor.submit(
          () -> {
            for (int n = 0; n < 500; n++) {
              slots.take(seat, LONG);
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
              slots.landed(seat, 1);
              slots.free(seat);
            }
            return null;
          });
    }
    executor.shutdown();
    assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isBetween(1, 5);
    assertThat(slots.taken()).isZero();
    assertThat(relay.pace().inFlight()).isZero();
  }
}
