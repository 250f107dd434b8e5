// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Cursors over lists that are ordered by id. */
final class Cursors {

  private static final int BYTES = 16;

  private Cursors() {}

  /** Returns the id after which a page begins, or null for the first one. */
  static UUID read(PageRequest page) {
    if (page.cursor() == null) {
      return null;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(page.cursor());
      if (bytes.length == BYTES) {
        return Uuids.fromBytes(bytes, 0);
      }
    } catch (IllegalArgumentException e) {
      // Answered below, as a cursor of another length is.
    }
    throw new RookeryException(
        CommonErrors.INVALID_REQUEST, "cursor is none that a list gave; leave it out to begin");
  }

  /** Makes a page of up to one item more than was asked for. */
  static <T> Page<T> page(List<T> found, PageRequest page, Function<T, UUID> id) {
    if (found.size() <= page.limit()) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, page.limit());
    byte[] last = Uuids.toBytes(id.apply(items.get(items.size() - 1)));
    return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(last));
  }
}
