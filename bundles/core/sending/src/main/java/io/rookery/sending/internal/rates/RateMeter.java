// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts outcomes on this node until somebody takes the counts away. Counting is one addition in
 * memory, as it is done for every message. Thread-safe: each outcome is taken away once.
 */
public final class RateMeter {

  /** What may come of a try. */
  public enum Kind {
    ACCEPTED,
    DEFERRED,
    FAILED,
    IN_DOUBT;

    /** Returns what a message's next state means. */
    public static Kind of(String state) {
      return switch (state) {
        case "accepted" -> ACCEPTED;
        case "failed" -> FAILED;
        case "in_doubt" -> IN_DOUBT;
        default -> DEFERRED;
      };
    }
  }

  /** Whose outcome it was: of which lane, to which recipient domain, of test mail or not. */
  public record Key(UUID tenantId, UUID laneId, String domain, boolean test) {}

  /** The counts of a key, by the ordinal of the kind. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Counted(Key key, long[] counts) {}

  private final ConcurrentMap<Key, long[]> counts = new ConcurrentHashMap<>();

  /** Counts an outcome. */
  public void count(Key key, Kind kind) {
    counts.compute(
        key,
        (same, known) -> {
          long[] now = known == null ? new long[Kind.values().length] : known;
          now[kind.ordinal()]++;
          return now;
        });
  }

  /** Returns how many outcomes of a kind wait to be taken away. */
  public long waiting(Kind kind) {
    return counts.values().stream().mapToLong(of -> of[kind.ordinal()]).sum();
  }

  /** Takes away what was counted since the last time. */
  List<Counted> take() {
    List<Counted> taken = new ArrayList<>();
    for (Key key : counts.keySet()) {
      long[] of = counts.remove(key);
      if (of != null) {
        taken.add(new Counted(key, of));
      }
    }
    return taken;
  }

  /** Puts back what could not be noted. */
  void giveBack(List<Counted> taken) {
    for (Counted one : taken) {
      counts.merge(one.key(), one.counts(), RateMeter::sum);
    }
  }

  static long[] sum(long[] one, long[] other) {
    long[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
