// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.util.UUID;

/**
 * Which stretch of a list is wanted.
 *
 * @param limit how many items at most, 1 to 500
 * @param cursor the {@code next} of the stretch before, or null for the first
 */
public record PageRequest(int limit, String cursor) {

  /** The first 50 items. */
  public static final PageRequest FIRST = new PageRequest(50, null);

  /** Checks the limit. */
  public PageRequest {
    if (limit < 1 || limit > 500) {
      throw new RookeryException(CommonErrors.INVALID_REQUEST, "limit must be from 1 to 500");
    }
  }

  /**
   * Returns the id that a list by id goes on beyond.
   *
   * @param first what stands for the beginning, may be null
   * @throws RookeryException {@code invalid_request} where the cursor is none of such a list
   */
  public UUID beyond(UUID first) {
    try {
      return cursor == null ? first : UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST,
          "cursor is none that a list gave; leave it out to begin",
          e);
    }
  }
}
