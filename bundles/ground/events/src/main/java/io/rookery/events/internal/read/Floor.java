// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import java.time.Duration;
import java.time.Instant;

/**
 * The moment before which no unread event was made. Transaction ids do not tell the time, so a mark
 * notes the least unborn one at a moment: once a reader is past it, all it has yet to read was
 * appended after that moment. Ids of events are made by the nodes' clocks just before they are
 * appended, for which a day is left. Never falls.
 */
final class Floor {

  private static final Duration LEEWAY = Duration.ofDays(1);

  private Instant value;
  private Bounds mark;

  /** Goes on from a floor that was kept; null where nothing is known. */
  Floor(Instant value) {
    this.value = value;
  }

  /** Returns the floor, or null while nothing is known. */
  Instant value() {
    return value;
  }

  /** Takes note that all before a place has been read, which these bounds allowed. */
  void note(LogPosition place, Bounds bounds) {
    if (place.incarnation() != bounds.incarnation()) {
      return;
    }
    if (mark != null && mark.incarnation() == bounds.incarnation()) {
      if (place.leastXidAfter() < mark.unborn()) {
        return;
      }
      Instant reached = mark.now().minus(LEEWAY);
      value = value == null || reached.isAfter(value) ? reached : value;
    }
    mark = bounds;
  }
}
