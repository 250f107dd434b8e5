// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import java.time.LocalDate;
import java.util.List;

/**
 * How much a key was used, a few seconds old. Calls that were refused for being too many are not
 * counted.
 *
 * @param days the last 30 days (UTC), the oldest first, days without a call too
 * @param operations the operations that were called most on these days, the busiest first
 */
public record KeyUsage(List<Day> days, List<Operation> operations) {

  /** How many days are shown. */
  public static final int DAYS = 30;

  /** How many operations are shown at most. */
  public static final int OPERATIONS = 20;

  /** Copies the lists. */
  public KeyUsage {
    days = List.copyOf(days);
    operations = List.copyOf(operations);
  }

  /** How many calls there were on a day. */
  public record Day(LocalDate day, long calls) {}

  /**
   * How many calls an operation had.
   *
   * @param operation its operation id in the OpenAPI document
   */
  public record Operation(String operation, long calls) {}
}
