// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.sending.internal.line.ClaimedMessage;
import java.util.List;

/**
 * What becomes of claimed messages. Times are milliseconds since 1970.
 *
 * @param free those that may go at once, in their order
 * @param placed those that go at a domain's pace within the horizon, by their time
 * @param moved those that are put off
 */
public record Sorted(List<ClaimedMessage> free, List<Placed> placed, List<Moved> moved) {

  /** A message with the moment from which it may go. */
  public record Placed(ClaimedMessage message, long at) {}

  /** A message that is put off until a moment for its recipient's domain. */
  public record Moved(ClaimedMessage message, String domain, long at) {}
}
