// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.console;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.net.URI;
import java.util.Locale;
import javax.ws.rs.core.HttpHeaders;

/**
 * Tells requests of the platform's own page from those that another site has a browser make: such a
 * site can send no header of its own without asking first, which is answered with nothing, and the
 * browser itself says whose page it is. Any of the three is enough to refuse.
 */
final class OwnPage {

  /** The header that the page sends. */
  static final String HEADER = "Rookery-Console";

  private OwnPage() {}

  /**
   * @throws RookeryException {@code forbidden} where it is not our page that asks
   */
  static void require(HttpHeaders headers) {
    String site = headers.getHeaderString("Sec-Fetch-Site");
    boolean foreign = site != null && !site.equals("same-origin");
    if (!"1".equals(headers.getHeaderString(HEADER)) || foreign || !sameHost(headers)) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN,
          "Only the platform's own page may ask here; programs use the API");
    }
  }

  private static boolean sameHost(HttpHeaders headers) {
    String origin = headers.getHeaderString("Origin");
    String host = headers.getHeaderString("Host");
    if (origin == null) {
      return true;
    }
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && host != null && lower(authority).equals(lower(host));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
