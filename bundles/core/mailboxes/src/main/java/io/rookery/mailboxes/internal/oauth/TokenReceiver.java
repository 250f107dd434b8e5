// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import java.util.Locale;
import java.util.Map;

/**
 * The server that a mailbox would show its access token, as its settings name it. Whoever may write
 * settings could else have the token sent anywhere.
 *
 * @param host in lower case, or null where the settings name none
 * @param secured whether the settings ask for TLS
 */
public record TokenReceiver(String host, boolean secured) {

  /** Reads settings with their defaults filled in. */
  public static TokenReceiver of(Map<String, String> settings) {
    String host = settings.get("host");
    String security = settings.getOrDefault("security", "");
    return new TokenReceiver(
        host == null ? null : host.strip().toLowerCase(Locale.ROOT),
        !security.strip().equalsIgnoreCase("none"));
  }
}
