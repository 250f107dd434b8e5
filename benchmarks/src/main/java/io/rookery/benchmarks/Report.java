// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;

/** Where a benchmark says what it found. */
final class Report {

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void line(String format, Object... values) {
    out.println(format.formatted(values));
    out.flush();
  }

  /** Returns the middle value, of an even number the lower middle one. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) / 2];
  }
}
