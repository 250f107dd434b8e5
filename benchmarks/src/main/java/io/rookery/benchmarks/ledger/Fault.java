// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Something that the sink does at a stage, each time or each n-th time.
 *
 * <p>Written {@code [n:]what}, where what is {@code drop} (the connection is cut), {@code mute} (no
 * reply, the connection stays), {@code lose} (acknowledged but never written down), {@code twice}
 * (written down twice), or a whole reply such as {@code 451 4.3.0 Later}.
 */
public final class Fault {

  private final int every;
  private final String what;
  private final AtomicLong seen = new AtomicLong();

  private Fault(int every, String what) {
    this.every = every;
    this.what = what;
  }

  /** Reads a fault as it is written. */
  public static Fault of(String text) {
    int colon = text.indexOf(':');
    boolean counted = colon > 0 && text.substring(0, colon).chars().allMatch(Character::isDigit);
    int every = counted ? Integer.parseInt(text.substring(0, colon)) : 1;
    if (every < 1) {
      throw new IllegalArgumentException("Each 0th time is never: " + text);
    }
    return new Fault(every, counted ? text.substring(colon + 1) : text);
  }

  /** Counts one more time and returns what is to be done now, or null for nothing. */
  String next() {
    return seen.incrementAndGet() % every == 0 ? what : null;
  }
}
