// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * What a click may lead to. Contents keep nothing else, and it is looked at again before a browser
 * is sent there: what is read back may have been written by an older version or by hand.
 */
public final class Targets {

  private Targets() {}

  /** Returns a target that is http or https and has a host, in ASCII alone, or empty. */
  public static Optional<URI> checked(String target) {
    try {
      URI uri = new URI(target);
      String scheme = uri.getScheme();
      boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      boolean plain = target.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
      return web && plain && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
