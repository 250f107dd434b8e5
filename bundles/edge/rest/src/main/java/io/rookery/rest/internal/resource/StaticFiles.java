// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.kernel.RookeryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.ws.rs.core.Response;

/** Files of this bundle by the names under which they are served; there are no others. */
public final class StaticFiles {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, String> files;
  private final String policy;

  /** Serves files, by name and place, under a content security policy. */
  public StaticFiles(Map<String, String> files, String policy) {
    this.files = Map.copyOf(files);
    this.policy = policy;
  }

  /** Returns the answer with a file; {@code not_found} for a name that is not listed. */
  public Response get(String name) {
    String place = files.get(name);
    if (place == null) {
      throw RookeryException.notFound("page");
    }
    return Response.ok(read(place), TYPES.get(place.substring(place.lastIndexOf('.') + 1)))
        .header("Content-Security-Policy", policy)
        .header("Cache-Control", "no-cache")
        .build();
  }

  private static byte[] read(String place) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException("The bundle lacks " + place);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
