// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one turn into its backend, each on a thread of its own. A turn waits for its calls,
 * but not for ever: one that does not come back is left alone where it hangs, so that it holds up
 * neither its lane nor others. What it was granted is settled without it. Thread-safe.
 */
final class LaneSenders {

  private static final Logger LOG = LoggerFactory.getLogger(LaneSenders.class);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final LineSettings settings;
  private final BackendHandle backend;
  private final LaneKey lane;
  private final UUID account;
  private final Consumer<BackendCall> work;
  private final Set<BackendCall> inside = new HashSet<>();
  private int begun;
  private int ended;

  /** Prepares calls that each do some work inside a backend; the work throws nothing. */
  LaneSenders(
      LineSettings settings,
      BackendHandle backend,
      LaneKey lane,
      UUID account,
      Consumer<BackendCall> work) {
    this.settings = settings;
    this.backend = backend;
    this.lane = lane;
    this.account = account;
    this.work = work;
  }

  /** Begins up to a number of calls; returns how many there were threads for. */
  int begin(int count, ExecutorService threads) {
    try {
      for (int i = 0; i < count; i++) {
        threads.execute(this::call);
        began();
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("Lane {} goes on with fewer senders than it could have", lane.laneId());
    }
    return begun();
  }

  private synchronized void began() {
    begun++;
  }

  private synchronized int begun() {
    return begun;
  }

  private void call() {
    BackendCall call = backend.enter(lane, account);
    if (call != null) {
      note(call);
      try {
        work.accept(call);
      } finally {
        backend.leave(call);
      }
    }
    end(call);
  }

  private synchronized void note(BackendCall call) {
    inside.add(call);
  }

  private synchronized void end(BackendCall call) {
    inside.remove(call);
    ended++;
    notifyAll();
  }

  /**
   * Waits for the calls; returns those that are left inside, as their turn is long over or all of
   * them have fallen silent.
   */
  synchronized Set<BackendCall> join(LaneRun run) throws InterruptedException {
    long over = 0;
    while (ended < begun) {
      wait(LOOK.toMillis());
      long now = System.nanoTime();
      over = over == 0 && !run.mayGoOn() ? now : over;
      boolean late = over != 0 && now - over > settings.landing().toNanos();
      boolean silent =
          inside.size() == begun - ended
              && inside.stream().allMatch(call -> call.silentFor(settings.silence()));
      if (ended < begun && (late || silent)) {
        return Set.copyOf(inside);
      }
    }
    return Set.of();
  }
}
