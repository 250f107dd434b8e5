// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.util.List;

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
}
