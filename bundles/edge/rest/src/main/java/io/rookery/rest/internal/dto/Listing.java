// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.kernel.Page;
import java.util.List;
import java.util.function.Function;

/** A stretch of a list; the cursor is null at its end. */
public record Listing<T>(List<T> data, String nextCursor) {

  /** Shows the items of a page. */
  public static <S, T> Listing<T> of(Page<S> page, Function<S, T> view) {
    return new Listing<>(page.items().stream().map(view).toList(), page.next());
  }

  /** Shows a list that comes whole. */
  public static <S, T> Listing<T> of(List<S> items, Function<S, T> view) {
    return new Listing<>(items.stream().map(view).toList(), null);
  }
}
