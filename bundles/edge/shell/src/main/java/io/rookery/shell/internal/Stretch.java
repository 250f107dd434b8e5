// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The beginning of a list, put together from its pages.
 *
 * @param more whether the list goes on
 */
public record Stretch<T>(List<T> items, boolean more) {

  private static final int LONGEST_PAGE = 500;
  private static final int LONGEST = 100_000;

  /** Copies the items. */
  public Stretch {
    items = List.copyOf(items);
  }

  /** Reads pages until there are as many items as wanted or no more. */
  public static <T> Stretch<T> read(int limit, Function<PageRequest, Page<T>> pages) {
    if (limit < 1 || limit > LONGEST) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "--limit takes a number from 1 to " + LONGEST);
    }
    List<T> items = new ArrayList<>();
    String cursor = null;
    do {
      int missing = Math.min(limit - items.size(), LONGEST_PAGE);
      Page<T> page = pages.apply(new PageRequest(missing, cursor));
      items.addAll(page.items());
      cursor = page.next();
    } while (cursor != null && items.size() < limit);
    return new Stretch<>(items, cursor != null);
  }
}
