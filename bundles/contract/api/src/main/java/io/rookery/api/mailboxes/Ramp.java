// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the limit of a mailbox rises while receivers get to know it: on day d of D it is {@code
 * ceil(a·(b/a)^((d−1)/(D−1)))}, exactly a on the first day and exactly b on the last. The only
 * place of that formula.
 *
 * @param from a, how many messages in 24 hours on the first day, 1 to 1,000,000
 * @param to b, how many on the last day, no fewer than on the first
 * @param days D, how many days it takes, 2 to 365; after the last the mailbox's own limit is left
 */
public record Ramp(int from, int to, int days) {

  /** For most mailboxes. */
  public static final Ramp STANDARD = new Ramp(10, 500, 42);

  /** For mailboxes whose domain has sent for long. */
  public static final Ramp FAST = new Ramp(20, 1000, 28);

  /** For new domains, and for those that have been complained about. */
  public static final Ramp SLOW = new Ramp(5, 300, 56);

  private static final Map<String, Ramp> PLANS =
      Map.of("standard", STANDARD, "fast", FAST, "slow", SLOW);
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,7})-(\\d{1,7})/(\\d{1,3})");
  private static final int MOST = 1_000_000;
  private static final int LONGEST = 365;
  private static final Duration DAY = Duration.ofHours(24);

  /** Refuses numbers that make no ramp. */
  public Ramp {
    if (from < 1 || to < from || to > MOST || days < 2 || days > LONGEST) {
      throw new IllegalArgumentException(
          "A ramp rises from 1 or more to 1,000,000 at most, over 2 to 365 days");
    }
  }

  /**
   * Returns the ramp that a text names: {@code standard}, {@code fast}, {@code slow}, or numbers
   * such as {@code 10-500/42}. Empty where it names none.
   */
  public static Optional<Ramp> parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    Matcher numbers = NUMBERS.matcher(lower);
    if (!numbers.matches()) {
      return Optional.ofNullable(PLANS.get(lower));
    }
    try {
      return Optional.of(
          new Ramp(
              Integer.parseInt(numbers.group(1)),
              Integer.parseInt(numbers.group(2)),
              Integer.parseInt(numbers.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the name of the plan that this is, or null where it is one of its own. */
  public String plan() {
    return PLANS.entrySet().stream()
        .filter(plan -> plan.getValue().equals(this))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** Returns the limit of a day of the ramp, from 1 to its last. */
  public int limit(int day) {
    if (day < 1 || day > days) {
      throw new IllegalArgumentException("The ramp has no day " + day);
    }
    // In whole numbers: k is the limit where k^N is the first power that reaches a^(N-n)·b^n.
    // Floating point would be one off wherever the formula meets a whole number.
    int common = BigInteger.valueOf(day - 1L).gcd(BigInteger.valueOf(days - 1L)).intValue();
    int passed = (day - 1) / common;
    int all = (days - 1) / common;
    BigInteger wanted =
        BigInteger.valueOf(from).pow(all - passed).multiply(BigInteger.valueOf(to).pow(passed));
    long limit = Math.round(from * Math.pow((double) to / from, (double) passed / all));
    while (BigInteger.valueOf(limit).pow(all).compareTo(wanted) < 0) {
      limit++;
    }
    while (BigInteger.valueOf(limit - 1).pow(all).compareTo(wanted) >= 0) {
      limit--;
    }
    return (int) limit;
  }

  /** Returns the day at a moment: 1 within 24 hours of the start, and so on beyond the last one. */
  public int day(Instant startedAt, Instant now) {
    long passed = Duration.between(startedAt, now).dividedBy(DAY);
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, passed + 1));
  }

  /** Returns the last day whose limit is at most a number, or the first one. */
  public int lastDayAtMost(int limit) {
    int day = 1;
    while (day < days && limit(day + 1) <= limit) {
      day++;
    }
    return day;
  }
}
