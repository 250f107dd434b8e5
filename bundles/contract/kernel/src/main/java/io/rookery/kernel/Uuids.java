// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes and reads UUID version 7 identifiers (RFC 9562 §5.7): 48 bits of Unix milliseconds, then
 * random bits. Ids made by one process within one millisecond are still in ascending order, as the
 * 12 bits of {@code rand_a} count upwards. Thread-safe.
 */
public final class Uuids {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int COUNTER_LIMIT = 1 << 12;
  private static final Object LOCK = new Object();

  /** Random bits taken ahead: a large helping costs hardly more than eight bytes. */
  private static final ByteBuffer AHEAD = ByteBuffer.allocate(4096).limit(0);

  private static long lastMillis;
  private static int counter;

  private Uuids() {}

  /**
   * Returns a new version 7 id for the present moment; never repeats, ascending in this process.
   */
  public static UUID next() {
    long stamp;
    int sequence;
    long random;
    synchronized (LOCK) {
      long now = System.currentTimeMillis();
      if (now > lastMillis) {
        lastMillis = now;
        counter = RANDOM.nextInt(COUNTER_LIMIT / 2);
      } else if (++counter == COUNTER_LIMIT) {
        lastMillis++;
        counter = 0;
      }
      stamp = lastMillis;
      sequence = counter;
      if (!AHEAD.hasRemaining()) {
        AHEAD.clear();
        RANDOM.nextBytes(AHEAD.array());
      }
      random = AHEAD.getLong();
    }
    long high = stamp << 16 | 0x7000L | sequence;
    return new UUID(high, random & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
  }

  /**
   * Returns the smallest version 7 id of a moment: the bound by which tables keyed by such ids are
   * partitioned and searched.
   */
  public static UUID floor(Instant moment) {
    return new UUID(moment.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L);
  }

  /** Returns the moment, in whole milliseconds, that a version 7 id carries. */
  public static Instant instantOf(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }

  /** Returns the 16 bytes of an id, most significant first. */
  public static byte[] toBytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Reads an id from 16 bytes, most significant first, at an offset of the array. */
  public static UUID fromBytes(byte[] bytes, int offset) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, 16);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
