// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.link;

import io.rookery.mailboxes.internal.domain.PublicAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the field Host (RFC 9110 §7.2) and knows the platform's own. Addresses and {@code
 * localhost} are the platform's, too: they are nobody's name, and who sends them has reached it.
 * Thread-safe.
 */
public final class RequestHost {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?");
  private static final Pattern PORT = Pattern.compile(":[0-9]{0,5}$");

  private final Optional<String> own;

  /** Knows the platform by its public address. */
  public RequestHost(PublicAddress address) {
    this.own = address.authority();
  }

  /** Returns the name in lower case without port and last dot, or empty where it is none. */
  static Optional<String> name(String host) {
    if (host == null || host.length() > 260) {
      return Optional.empty();
    }
    String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
  }

  /** Returns whether a request is addressed to the platform itself. */
  public boolean isOwn(String host) {
    if (host != null && host.matches("\\[[0-9a-fA-F:.]{2,45}](:[0-9]{0,5})?")) {
      return true;
    }
    Optional<String> name = name(host);
    return name.isPresent()
        && (name.equals(own) || name.get().equals("localhost") || isAddress(name.get()));
  }

  /** The last label of a name is never a number (RFC 3696 §2), that of an address is. */
  private static boolean isAddress(String name) {
    return name.substring(name.lastIndexOf('.') + 1).chars().allMatch(Character::isDigit);
  }
}
