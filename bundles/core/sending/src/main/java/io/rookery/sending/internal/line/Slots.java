// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.sending.internal.line.WaitingLine.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The node's window: how many messages may be given away without a recorded outcome. It bounds what
 * a crash can double. No account takes more than its share, and an account that left an answer open
 * is down to one slot until it answers again.
 *
 * <p>What may be on its way to one server is bounded beside that, see {@link Pace}. A slot that
 * comes free is handed to one who waits and may have it, and nobody else is woken: urgent messages
 * first, for which campaigns leave an eighth of the window; then the tenant whose turn it is by
 * weight, see {@link FairClock}; of a tenant's, whoever has waited longest. Where it is the window
 * that is scarce and no server, a turn has sixteen slots. Thread-safe.
 */
public final class Slots {

  /** Campaigns leave one slot of so many to what is urgent. */
  private static final int RESERVE = 8;

  /** How many slots a tenant takes in a row, as outcomes are committed by tenant. */
  private static final int TURN = 16;

  private final int window;
  private final int perAccount;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<UUID, Integer> held = new HashMap<>();
  private final Set<UUID> slow = ConcurrentHashMap.newKeySet();
  private final Map<UUID, FairClock.Flow> tenants = new HashMap<>();
  private final FairClock clock = new FairClock();
  private final Predicate<Seat> mayHave = this::accountMayHave;

  /** The relays that somebody waits for. */
  private final List<Relay> wanted = new ArrayList<>();

  private long numbers;
  private Seat turn;
  private int turnTook;
  private int taken;
  private int campaigns;

  /** Makes a window of a number of slots; an account holds at most its share of them. */
  public Slots(int window, int perAccount) {
    this(window, perAccount, System::nanoTime);
  }

  Slots(int window, int perAccount, LongSupplier nanos) {
    this.window = window;
    this.perAccount = Math.min(window, perAccount);
    this.nanos = nanos;
  }

  int window() {
    return window;
  }

  /** Returns by what right a lane takes slots for a relay. */
  Seat seat(LaneKey lane, Relay relay, boolean urgent) {
    lock.lock();
    try {
      relay.used(nanos.getAsLong());
      Relay.Tenant tenant = relay.tenant(lane.tenantId());
      FairClock.Flow flow = tenants.computeIfAbsent(lane.tenantId(), id -> new FairClock.Flow(1));
      return new Seat(lane.laneId(), relay, tenant, flow, urgent);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the weight of a seat's tenant over, for all its seats at the same relay. */
  void weigh(Seat seat, int weight) {
    lock.lock();
    try {
      seat.tenant().weigh(weight);
      seat.window().weigh(weight);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a slot, waiting for one as long as is said; returns whether it got one. */
  boolean take(Seat seat, Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long now = nanos.getAsLong();
      if (!seat.urgent()) {
        seat.tenant().asked(seat.account(), now);
      }
      // Whoever comes does not go past those who wait, though it be their turn by the clock alone.
      if (seat.line().isEmpty() && mayHave(seat, now)) {
        give(seat, now);
        return true;
      }
      long left = wait.toNanos();
      return left > 0 && await(new Waiter(seat, lock.newCondition(), numbers++), left, now);
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Waiter waiter, long nanos, long now) throws InterruptedException {
    enter(waiter);
    handOut(now);
    try {
      for (long left = nanos; !waiter.done() && left > 0; ) {
        left = waiter.told().awaitNanos(left);
      }
    } catch (InterruptedException e) {
      if (waiter.has()) {
        giveBack(waiter.seat());
      }
      throw e;
    } finally {
      if (!waiter.has()) {
        leave(waiter);
      }
    }
    return waiter.has();
  }

  private void enter(Waiter waiter) {
    Relay relay = waiter.seat().relay();
    if (!wanted.contains(relay)) {
      wanted.add(relay);
    }
    waiter.seat().line().add(waiter);
  }

  private void leave(Waiter waiter) {
    Relay relay = waiter.seat().relay();
    waiter.seat().line().remove(waiter);
    if (relay.line(true).isEmpty() && relay.line(false).isEmpty()) {
      wanted.remove(relay);
    }
  }

  private boolean mayHave(Seat seat, long now) {
    return room(seat.urgent()) && accountMayHave(seat) && admits(seat.relay(), seat.urgent(), now);
  }

  private boolean room(boolean urgent) {
    return taken < window && (urgent || campaigns < window - window / RESERVE);
  }

  private boolean accountMayHave(Seat seat) {
    int share = slow.contains(seat.account()) ? 1 : perAccount;
    return held.getOrDefault(seat.account(), 0) < share;
  }

  /** Asked only where there is a slot and somebody for it, so a refusal means that it is scarce. */
  private static boolean admits(Relay relay, boolean urgent, long now) {
    boolean admits = relay.admits(urgent, now);
    if (!admits && !urgent) {
      relay.pace().heldBack(now);
    }
    return admits;
  }

  private void give(Seat seat, long now) {
    taken++;
    campaigns += seat.urgent() ? 0 : 1;
    held.merge(seat.account(), 1, Integer::sum);
    if (!seat.urgent()) {
      turnTook = turn != null && turn.flow() == seat.flow() ? turnTook + 1 : 1;
      turn = seat;
    }
    seat.relay().pace().granted(now);
    seat.line().serve(seat.flow());
    clock.serve(seat.window());
  }

  private void takeBack(Seat seat) {
    taken--;
    campaigns -= seat.urgent() ? 0 : 1;
    if (held.computeIfPresent(seat.account(), (id, n) -> n == 1 ? null : n - 1) == null) {
      idle.signalAll();
    }
  }

  private void handOut(long now) {
    for (Waiter next = next(now); next != null; next = next(now)) {
      leave(next);
      give(next.seat(), now);
      next.grant();
    }
  }

  private Waiter next(long now) {
    Waiter urgent = best(true, now);
    return urgent == null ? best(false, now) : urgent;
  }

  private Waiter best(boolean urgent, long now) {
    if (!room(urgent)) {
      return null;
    }
    Waiter again = urgent ? null : sameTenant(now);
    if (again != null) {
      return again;
    }
    Waiter best = null;
    for (Relay relay : wanted) {
      Waiter first = relay.line(urgent).next(mayHave);
      if (first != null
          && admits(relay, urgent, now)
          && (best == null
              || clock.start(first.seat().window()) < clock.start(best.seat().window()))) {
        best = first;
      }
    }
    return best;
  }

  /** Returns the next of the tenant that was served last, while its turn lasts, or null. */
  private Waiter sameTenant(long now) {
    if (turn == null || turnTook >= TURN || turn.relay().pace().scarce(now)) {
      return null;
    }
    Waiter next = turn.line().next(turn.flow(), mayHave);
    return next != null && admits(turn.relay(), false, now) ? next : null;
  }

  /**
   * Notes that a message is no longer on its way.
   *
   * @param took how many nanoseconds its answer took, or 0 where that says nothing of the server
   */
  void landed(Seat seat, long took) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      seat.relay().pace().ended(now);
      if (took > 0) {
        seat.relay().pace().answered(now, took);
      }
      handOut(now);
    } finally {
      lock.unlock();
    }
  }

  /** Gives a slot back whose message has {@link #landed}. */
  void free(Seat seat) {
    lock.lock();
    try {
      takeBack(seat);
      handOut(nanos.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /** Gives a slot back whose message was never let out. */
  void giveBack(Seat seat) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      seat.relay().pace().ended(now);
      takeBack(seat);
      handOut(now);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the waiting of an account for slots for campaigns: something urgent has come for it. */
  void recall(UUID account) {
    lock.lock();
    try {
      for (Relay relay : wanted) {
        relay.line(false).recall(seat -> seat.account().equals(account));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks at relays, or changes them, while nobody else does; then hands out what came free. */
  <R> R with(Function<Long, R> work) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      R result = work.apply(now);
      handOut(now);
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Holds an account down to one slot, or lets it have its share again. */
  public void slow(UUID account, boolean on) {
    // Asked with every answer, and nearly always told what is known.
    if (slow.contains(account) == on) {
      return;
    }
    lock.lock();
    try {
      if (on ? slow.add(account) : slow.remove(account)) {
        handOut(nanos.getAsLong());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many slots are taken. */
  public int taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until an account holds no slot; returns whether that came within the time. */
  public boolean awaitIdle(UUID account, Duration wait) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(wait);
    lock.lockInterruptibly();
    try {
      while (held.containsKey(account)) {
        if (left <= 0) {
          return false;
        }
        left = idle.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
