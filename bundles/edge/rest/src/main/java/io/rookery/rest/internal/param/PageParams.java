// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.param;

import io.rookery.kernel.PageRequest;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.QueryParam;

/** Which stretch of a list is wanted: {@code ?limit=} and {@code ?cursor=}. */
public final class PageParams {

  @QueryParam("limit")
  @DefaultValue("50")
  private Integer limit;

  @QueryParam("cursor")
  private String cursor;

  /** Returns the stretch. */
  public PageRequest page() {
    return new PageRequest(limit, cursor == null || cursor.isEmpty() ? null : cursor);
  }
}
