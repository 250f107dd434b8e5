// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.param;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.ws.rs.core.UriInfo;

/** Query parameters whose names begin alike, such as {@code map.Mail=email}. */
public final class Prefixed {

  private Prefixed() {}

  /** Returns the first value of each by the rest of its name. */
  public static Map<String, String> of(UriInfo uri, String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (name.length() > prefix.length() && name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), values.get(0));
              }
            });
    return found;
  }
}
