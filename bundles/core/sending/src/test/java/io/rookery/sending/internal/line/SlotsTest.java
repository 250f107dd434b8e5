// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final Duration NOW = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(30);
  private final UUID one = new UUID(0, 1);
  private final UUID other = new UUID(0, 2);

  @Test
  void anAccountShouldNeverHoldMoreThanItsShare() throws Exception {
    Slots slots = new Slots(4, 3);

    for (int i = 0; i < 3; i++) {
      assertThat(slots.take(one, NOW)).isTrue();
    }
    assertThat(slots.take(one, NOW)).isFalse();
    assertThat(slots.take(other, NOW)).isTrue();
    assertThat(slots.take(other, NOW)).isFalse();
    assertThat(slots.taken()).isEqualTo(4);
  }

  @Test
  void aSlowAccountShouldHaveOneSlotUntilItAnswers() throws Exception {
    Slots slots = new Slots(8, 6);
    slots.slow(one, true);

    assertThat(slots.take(one, NOW)).isTrue();
    assertThat(slots.take(one, NOW)).isFalse();
    slots.slow(one, false);
    assertThat(slots.take(one, NOW)).isTrue();
  }

  @Test
  void takeShouldWaitForAFreedSlot() throws Exception {
    Slots slots = new Slots(1, 1);
    slots.take(one, NOW);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> waiting = executor.submit(() -> slots.take(other, LONG));
      slots.free(one);
      assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(slots.awaitIdle(one, NOW)).isTrue();
      assertThat(slots.awaitIdle(other, NOW)).isFalse();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void freedSlotShouldGoToWhoeverWaitedLongestAndMayHaveIt() throws Exception {
    Slots slots = new Slots(2, 1);
    slots.take(one, NOW);
    slots.take(other, NOW);
    ExecutorService executor = Executors.newCachedThreadPool();
    try {
      Future<Boolean> early = waiting(executor, slots, one);
      Future<Boolean> late = waiting(executor, slots, other);

      slots.free(other);

      assertThat(late.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(early.isDone()).isFalse();
      slots.free(one);
      assertThat(early.get(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void whoGivesUpWaitingShouldTakeNothing() throws Exception {
    Slots slots = new Slots(1, 1);
    slots.take(one, NOW);
    ExecutorService executor = Executors.newCachedThreadPool();
    Future<Boolean> interrupted = waiting(executor, slots, other);
    executor.shutdownNow();
    assertThat(slots.take(other, Duration.ofMillis(5))).isFalse();
    assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).failsWithin(NOW);

    slots.free(one);

    assertThat(slots.taken()).isZero();
    assertThat(slots.take(other, NOW)).isTrue();
  }

  private static Future<Boolean> waiting(ExecutorService executor, Slots slots, UUID account) {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<Boolean> waiting =
        executor.submit(
            () -> {
              thread.set(Thread.currentThread());
              return slots.take(account, LONG);
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
    ExecutorService executor = Executors.newFixedThreadPool(12);
    try {
      for (int i = 0; i < 12; i++) {
        UUID account = new UUID(1, i % 3);
        executor.submit(
            () -> {
              for (int n = 0; n < 500; n++) {
                slots.take(account, LONG);
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                slots.free(account);
              }
              return null;
            });
      }
      executor.shutdown();
      assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      executor.shutdownNow();
    }
    assertThat(most.get()).isBetween(1, 5);
    assertThat(slots.taken()).isZero();
  }
}
