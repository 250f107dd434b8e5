// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A stretch of a list, newest or first by the list's own order.
 *
 * @param items the items, never null
 * @param next the cursor of the following stretch, or null at the end; opaque to callers
 */
public record Page<T>(List<T> items, String next) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Returns the page that answers a request of a list by id.
   *
   * @param found what was found: one more than the request's limit where the list goes on
   */
  public static <T> Page<T> byId(List<T> found, PageRequest request, Function<T, UUID> id) {
    if (found.size() <= request.limit()) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, request.limit());
    return new Page<>(items, id.apply(items.get(items.size() - 1)).toString());
  }
}
