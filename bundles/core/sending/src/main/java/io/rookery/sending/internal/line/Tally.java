// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What of a backend's work went well and what failed, over the last minute: messages, and calls as
 * a whole, since a backend that throws may never come to a message. A refused recipient says
 * nothing against the backend, unless it gets nobody accepted at all. Thread-safe.
 */
final class Tally {

  private static final long SPAN = Duration.ofSeconds(60).toNanos();
  private static final long PART = Duration.ofSeconds(5).toNanos();
  private static final int LEAST_MESSAGES = 20;
  private static final int LEAST_CALLS = 5;

  private final LongSupplier nanos;
  private final Deque<Part> parts = new ArrayDeque<>();
  private long accepted;
  private long failed;

  /** How a message went. */
  enum Course {
    WELL,
    FAILED,
    REFUSED
  }

  Tally(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private static final class Part {
    private final long begin;
    private final int[] messages = new int[Course.values().length];
    private final int[] calls = new int[2];

    Part(long begin) {
      this.begin = begin;
    }
  }

  synchronized void message(Course course) {
    part().messages[course.ordinal()]++;
    accepted += course == Course.WELL ? 1 : 0;
    failed += course == Course.FAILED ? 1 : 0;
  }

  synchronized void call(boolean well) {
    part().calls[well ? 0 : 1]++;
  }

  private Part part() {
    long now = nanos.getAsLong();
    while (!parts.isEmpty() && now - parts.peekFirst().begin > SPAN) {
      parts.removeFirst();
    }
    if (parts.isEmpty() || now - parts.peekLast().begin > PART) {
      parts.addLast(new Part(now));
    }
    return parts.peekLast();
  }

  /** Returns what failed, in words, where its share passes a bound in per cent; else null. */
  synchronized String failingAbove(int percent) {
    part();
    int[] messages = sum(part -> part.messages);
    int refused = messages[Course.REFUSED.ordinal()];
    if (above(messages, LEAST_MESSAGES, percent)) {
      return words(messages, "messages");
    }
    if (messages[0] == 0 && refused >= LEAST_MESSAGES) {
      return "All %d recipients were refused within a minute".formatted(refused);
    }
    int[] calls = sum(part -> part.calls);
    return above(calls, LEAST_CALLS, percent) ? words(calls, "calls") : null;
  }

  private int[] sum(Function<Part, int[]> counts) {
    int[] sum = new int[Course.values().length];
    for (Part part : parts) {
      int[] of = counts.apply(part);
      for (int i = 0; i < of.length; i++) {
        sum[i] += of[i];
      }
    }
    return sum;
  }

  private static boolean above(int[] counts, int least, int percent) {
    int all = counts[0] + counts[1];
    return all >= least && 100L * counts[1] > (long) percent * all;
  }

  private static String words(int[] counts, String what) {
    return "%d of %d %s failed within a minute".formatted(counts[1], counts[0] + counts[1], what);
  }

  /** Returns how many messages were accepted since the start. */
  synchronized long accepted() {
    return accepted;
  }

  /** Returns how many messages failed since the start. */
  synchronized long failed() {
    return failed;
  }
}
