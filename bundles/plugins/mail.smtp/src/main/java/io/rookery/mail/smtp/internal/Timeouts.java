// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import java.time.Duration;

/**
 * How long to wait for a server, after RFC 5321 §4.5.3.2, whose minima these are where it names
 * any.
 *
 * @param connect until a TCP connection stands
 * @param greeting for the greeting
 * @param command for the reply to any command but those below
 * @param data for the reply to DATA
 * @param write until a piece of content is written
 * @param end for the reply to the final dot
 * @param probe for the reply on a connection that may have died idle
 * @param grace what a reply on its way still gets after an interruption
 */
record Timeouts(
    Duration connect,
    Duration greeting,
    Duration command,
    Duration data,
    Duration write,
    Duration end,
    Duration probe,
    Duration grace) {

  /** For sending, where nobody waits and giving up early makes duplicates. */
  static final Timeouts SENDING =
      new Timeouts(
          Duration.ofSeconds(20),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  /** For a check, where a person waits. */
  static final Timeouts CHECKING = all(Duration.ofSeconds(15));

  /** The same time for everything, but a grace of at most a second. */
  static Timeouts all(Duration time) {
    Duration second = Duration.ofSeconds(1);
    Duration grace = time.compareTo(second) < 0 ? time : second;
    return new Timeouts(time, time, time, time, time, time, time, grace);
  }
}
