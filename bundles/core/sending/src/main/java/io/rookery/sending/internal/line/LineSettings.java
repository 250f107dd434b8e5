// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.sending.internal.throttle.ThrottleSettings;
import java.time.Duration;

/**
 * How patient the line is.
 *
 * @param window how many messages may be given away without a recorded outcome
 * @param answer how long a final answer may be out before its message is parked
 * @param landing how long a call may take to end once its turn is over
 * @param silence after which time a call that asks and tells nothing is left alone
 * @param throttle how much recipient domains get at most
 */
public record LineSettings(
    int window, Duration answer, Duration landing, Duration silence, ThrottleSettings throttle) {

  /** Settings without caps. */
  public LineSettings(int window, Duration answer, Duration landing, Duration silence) {
    this(window, answer, landing, silence, ThrottleSettings.NONE);
  }

  /** Returns the usual patience with a window. */
  public static LineSettings of(int window) {
    return new LineSettings(
        window, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  /** Returns the same settings with caps. */
  public LineSettings with(ThrottleSettings caps) {
    return new LineSettings(window, answer, landing, silence, caps);
  }
}
