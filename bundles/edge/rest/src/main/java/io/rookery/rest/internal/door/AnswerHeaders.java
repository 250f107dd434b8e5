// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.door;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The headers of every answer at every door: nothing is guessed, framed, embedded, kept or allowed
 * unless a resource says so itself. CORS is off, so no header of it is among them.
 */
public final class AnswerHeaders {

  /** The policy of what is no page: a browser that shows it loads and runs nothing. */
  public static final String NOTHING =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  /** RFC 6797; a browser speaks TLS to the host for so long. */
  public static final String TRANSPORT = "max-age=" + Duration.ofDays(180).toSeconds();

  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    ALL.put("X-Content-Type-Options", "nosniff");
    ALL.put("X-Frame-Options", "DENY");
    ALL.put("Referrer-Policy", "no-referrer");
    ALL.put("Cache-Control", "no-store");
    ALL.put("Content-Security-Policy", NOTHING);
    ALL.put("Cross-Origin-Opener-Policy", "same-origin");
    ALL.put("Cross-Origin-Resource-Policy", "same-origin");
    ALL.put(
        "Permissions-Policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
            + " magnetometer=(), microphone=(), midi=(), payment=(), usb=()");
  }

  private AnswerHeaders() {}

  /** Gives each header's name and value, in an order that is always the same. */
  public static void each(BiConsumer<String, String> header) {
    ALL.forEach(header);
  }
}
