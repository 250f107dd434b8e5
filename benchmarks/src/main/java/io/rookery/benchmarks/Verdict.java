// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.Strike.Victim;
import io.rookery.benchmarks.ledger.Account;
import io.rookery.benchmarks.ledger.LedgerLine;
import java.util.Arrays;
import java.util.List;

/** Lays every message that came twice at the door of the kill that doubled it. */
final class Verdict {

  /** A message that a node had given away before it died may still be taken for this long. */
  private static final long LATEST_MILLIS = 2_500;

  private final Account account;
  private final List<Strike> strikes;
  private final int[] doubled;
  private int unexplained;

  Verdict(Account account, List<Strike> strikes) {
    this.account = account;
    this.strikes = strikes;
    this.doubled = new int[strikes.size()];
    for (LedgerLine copy : account.doubles()) {
      int cause = cause(account.first(copy.recipient()).at(), copy.at());
      if (cause < 0) {
        unexplained++;
      } else {
        doubled[cause]++;
      }
    }
  }

  /**
   * Returns the kill that kept the first copy's outcome from being recorded: the first one that
   * came after it, before the second copy; -1 where there is none.
   */
  private int cause(long first, long second) {
    for (int i = 0; i < strikes.size(); i++) {
      long at = strikes.get(i).at();
      if (at + LATEST_MILLIS >= first) {
        return at <= second ? i : -1;
      }
    }
    return -1;
  }

  int lost() {
    return account.lost().size();
  }

  int doubled() {
    return account.doubles().size();
  }

  int bound() {
    return strikes.stream().mapToInt(Strike::bound).sum();
  }

  /** Returns whether nothing was lost and no kill doubled more than its bound. */
  boolean holds() {
    boolean within = lost() == 0 && unexplained == 0 && account.withSeveralIds() == 0;
    for (int i = 0; i < strikes.size(); i++) {
      within &= doubled[i] <= strikes.get(i).bound();
    }
    return within;
  }

  void print(Report report) {
    for (int i = 0; i < strikes.size(); i++) {
      Strike strike = strikes.get(i);
      report.line(
          "kill %d: %s, %d inside DATA, resumed after %.1f s, doubled %d of %d",
          i + 1, strike.what(), strike.inside(), strike.resumed(), doubled[i], strike.bound());
    }
    for (Victim victim : Victim.values()) {
      summary(report, victim);
    }
    report.line(
        "copies per recipient: %s, doubled without a kill: %d, under several Message-IDs: %d",
        account.distribution(), unexplained, account.withSeveralIds());
  }

  private void summary(Report report, Victim victim) {
    int[] counts = new int[strikes.size()];
    double[] seconds = new double[strikes.size()];
    int size = 0;
    for (int i = 0; i < strikes.size(); i++) {
      if (strikes.get(i).what() == victim) {
        counts[size] = doubled[i];
        seconds[size++] = strikes.get(i).resumed();
      }
    }
    if (size > 0) {
      int[] sorted = Arrays.copyOf(counts, size);
      Arrays.sort(sorted);
      report.line(
          "%s: %d kills, doubled min %d median %d p90 %d max %d, resumed after a median of %.1f s",
          victim,
          size,
          sorted[0],
          sorted[(size - 1) / 2],
          sorted[(size - 1) * 9 / 10],
          sorted[size - 1],
          Report.median(Arrays.copyOf(seconds, size)));
    }
  }
}
