// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/**
 * A place in the log: after the event with this id of this transaction.
 *
 * @param incarnation the life of the database that the transaction id belongs to
 * @param xid the transaction that appended the event
 * @param id the event's id
 */
public record LogPosition(int incarnation, long xid, UUID id) implements Comparable<LogPosition> {

  private static final UUID LEAST = new UUID(0, 0);
  private static final UUID GREATEST = new UUID(-1, -1);

  /** The database orders ids by their unsigned bytes, unlike {@link UUID#compareTo}. */
  private static final Comparator<UUID> BY_BYTES =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private static final Comparator<LogPosition> ORDER =
      Comparator.comparingInt(LogPosition::incarnation)
          .thenComparing(LogPosition::xid, Long::compareUnsigned)
          .thenComparing(LogPosition::id, BY_BYTES);

  /** The place before the first event of all. */
  public static final LogPosition START = startOf(1);

  /** Checks that there is an id. */
  public LogPosition {
    Objects.requireNonNull(id, "id");
  }

  /** Returns the place before the first event of an incarnation. */
  public static LogPosition startOf(int incarnation) {
    return new LogPosition(incarnation, 0, LEAST);
  }

  /** Returns the place after every event of the transactions before one. */
  public static LogPosition before(int incarnation, long xid) {
    return new LogPosition(incarnation, xid - 1, GREATEST);
  }

  /** Returns the least transaction id that an event after this place can have. */
  public long leastXidAfter() {
    return id.equals(GREATEST) ? xid + 1 : xid;
  }

  @Override
  public int compareTo(LogPosition other) {
    return ORDER.compare(this, other);
  }
}
