// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Cursors of lists, opaque to callers: a byte for the list's kind, then where to go on. */
public final class Cursors {

  private Cursors() {}

  /** Returns the id that a cursor stands for, or null at the start of the list. */
  public static UUID id(PageRequest page, char kind) {
    byte[] bytes = bytes(page, kind, 17);
    return bytes == null ? null : Uuids.fromBytes(bytes, 1);
  }

  /** Returns the number that a cursor stands for, or -1 at the start of the list. */
  public static long number(PageRequest page, char kind) {
    byte[] bytes = bytes(page, kind, 9);
    return bytes == null ? -1 : ByteBuffer.wrap(bytes).getLong(1);
  }

  /** Makes a page of items that were asked for with one more than the limit. */
  public static <T> Page<T> page(
      List<T> items, PageRequest page, char kind, Function<T, UUID> position) {
    return cut(items, page, kind, item -> Uuids.toBytes(position.apply(item)));
  }

  /** Makes a page of numbered items that were asked for with one more than the limit. */
  public static <T> Page<T> numbered(
      List<T> items, PageRequest page, char kind, Function<T, Long> position) {
    return cut(
        items, page, kind, item -> ByteBuffer.allocate(8).putLong(position.apply(item)).array());
  }

  private static <T> Page<T> cut(
      List<T> items, PageRequest page, char kind, Function<T, byte[]> position) {
    if (items.size() <= page.limit()) {
      return new Page<>(items, null);
    }
    List<T> shown = items.subList(0, page.limit());
    byte[] last = position.apply(shown.get(shown.size() - 1));
    byte[] cursor = ByteBuffer.allocate(last.length + 1).put((byte) kind).put(last).array();
    return new Page<>(shown, Base64.getUrlEncoder().withoutPadding().encodeToString(cursor));
  }

  private static byte[] bytes(PageRequest page, char kind, int length) {
    if (page.cursor() == null) {
      return null;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(page.cursor());
      if (bytes.length == length && bytes[0] == kind) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    throw refused();
  }

  private static RookeryException refused() {
    return new RookeryException(
        CommonErrors.INVALID_REQUEST, "The cursor is none that this list gave out");
  }
}
