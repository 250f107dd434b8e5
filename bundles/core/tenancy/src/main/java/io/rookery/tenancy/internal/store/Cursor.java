// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Where a stretch of a list ended: a letter that names the list and the id of the last item. A
 * cursor of another list is refused.
 */
public enum Cursor {
  /** The list of tenants. */
  TENANTS('t'),
  /** A tenant's list of keys. */
  API_KEYS('k');

  private static final int LENGTH = 17;

  private final char letter;

  Cursor(char letter) {
    this.letter = letter;
  }

  /** Returns the id that a cursor of this list ended at, or null where there is no cursor. */
  public UUID read(String cursor) {
    if (cursor == null) {
      return null;
    }
    byte[] bytes = decode(cursor);
    if (bytes.length != LENGTH || bytes[0] != letter) {
      throw invalid();
    }
    return Uuids.fromBytes(bytes, 1);
  }

  /** Cuts what was read, one item more than the limit, down to a page. */
  public <T> Page<T> page(List<T> read, int limit, Function<T, UUID> id) {
    if (read.size() <= limit) {
      return new Page<>(read, null);
    }
    List<T> items = read.subList(0, limit);
    return new Page<>(items, write(id.apply(items.get(limit - 1))));
  }

  private String write(UUID last) {
    byte[] bytes = new byte[LENGTH];
    bytes[0] = (byte) letter;
    System.arraycopy(Uuids.toBytes(last), 0, bytes, 1, LENGTH - 1);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static RookeryException invalid() {
    return new RookeryException(
        CommonErrors.INVALID_REQUEST, "The cursor is not one that this list gave");
  }
}
