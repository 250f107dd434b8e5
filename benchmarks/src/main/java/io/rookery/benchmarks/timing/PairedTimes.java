// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.timing;

import java.util.Arrays;
import java.util.Random;

/**
 * Times that were taken in pairs, one with an account and one without, close to each other, so that
 * a machine that grows slower or faster changes both.
 *
 * @param known microseconds with an account, by pair
 * @param unknown microseconds without one, by pair
 */
public record PairedTimes(double[] known, double[] unknown) {

  private static final int RESAMPLES = 10_000;
  private static final double SURE = 0.99;

  /**
   * A value and where it lies at 99 % confidence.
   *
   * @param value the estimate
   * @param low the interval's lower end
   * @param high its upper end
   */
  public record Estimate(double value, double low, double high) {

    /** Returns half the interval's width. */
    public double half() {
      return (high - low) / 2;
    }

    /** Returns whether a value lies in the interval. */
    public boolean contains(double other) {
      return low <= other && other <= high;
    }
  }

  /** Refuses times that are not paired. */
  public PairedTimes {
    if (known.length == 0 || known.length != unknown.length) {
      throw new IllegalArgumentException("Times come in pairs");
    }
    known = known.clone();
    unknown = unknown.clone();
  }

  /** Returns how many pairs there are. */
  public int pairs() {
    return known.length;
  }

  /**
   * Returns how likely the time with an account is the longer one of its pair: what somebody
   * reaches who guesses by one pair, one half where times tell nothing. The interval is that of a
   * bootstrap over pairs (Efron and Tibshirani, 1993, §13.3).
   */
  public Estimate auc() {
    double[] longer = new double[known.length];
    for (int i = 0; i < longer.length; i++) {
      longer[i] = known[i] > unknown[i] ? 1 : known[i] == unknown[i] ? 0.5 : 0;
    }
    return mean(longer);
  }

  private static Estimate mean(double[] values) {
    Random random = new Random(values.length);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int j = 0; j < values.length; j++) {
        sum += values[random.nextInt(values.length)];
      }
      means[i] = sum / values.length;
    }
    Arrays.sort(means);
    int tail = (int) (RESAMPLES * (1 - SURE) / 2);
    double value = Arrays.stream(values).average().orElseThrow();
    return new Estimate(value, means[tail], means[RESAMPLES - 1 - tail]);
  }

  /** Returns the differences, with an account less without one. */
  public double[] differences() {
    double[] differences = new double[known.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = known[i] - unknown[i];
    }
    return differences;
  }
}
