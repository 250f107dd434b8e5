// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import java.time.Duration;
import java.util.Objects;

/**
 * How secrets of a kind are rotated where nobody says otherwise.
 *
 * @param days after how many days a secret is replaced
 * @param fewest the fewest days that may be set
 * @param most the most days that may be set
 * @param grace for how long an old value works on
 * @param longestGrace the longest grace that may be asked for
 */
public record RotationRules(int days, int fewest, int most, Duration grace, Duration longestGrace) {

  /** Checks that what holds by itself may be asked for. */
  public RotationRules {
    Objects.requireNonNull(grace, "grace");
    Objects.requireNonNull(longestGrace, "longestGrace");
    if (fewest < 1 || days < fewest || days > most || grace.compareTo(longestGrace) > 0) {
      throw new IllegalArgumentException("Rules that contradict themselves");
    }
  }
}
