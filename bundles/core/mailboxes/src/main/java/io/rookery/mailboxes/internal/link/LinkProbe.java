// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.link;

import io.rookery.api.secrets.PlatformKeys;
import io.rookery.mailboxes.internal.oauth.GuardedHttps;
import io.rookery.mailboxes.internal.oauth.HttpAnswer;
import io.rookery.mailboxes.internal.reach.ProofToken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;

/**
 * Asks a link host, by HTTPS, what only this platform can answer. The name is a tenant's, so it
 * connects by the guard; no redirect is followed. Any node may be the one that answers.
 * Thread-safe.
 */
final class LinkProbe {

  /** Where the question is put; on the way of the links, so that a proxy passes both or none. */
  static final String PATH = "/t/p/";

  private final PlatformKeys keys;
  private final GuardedHttps https;
  private final int port;
  private final Clock clock;

  /** Asks by the port of the public address, or that of HTTPS where it is -1. */
  LinkProbe(PlatformKeys keys, GuardedHttps https, int port, Clock clock) {
    this.keys = keys;
    this.https = https;
    this.port = port;
    this.clock = clock;
  }

  /** Returns what keeps a host from answering as the platform, or null where it answers so. */
  String trouble(String host) {
    String address = address(host);
    ProofToken tokens = new ProofToken(keys, address);
    String token = tokens.make(clock.instant());
    try {
      HttpAnswer answer = https.get(URI.create(address + PATH + token));
      if (answer.status() != 200) {
        return "By HTTPS it answers with status " + answer.status();
      }
      byte[] wanted = tokens.answer(token).getBytes(StandardCharsets.US_ASCII);
      return MessageDigest.isEqual(wanted, answer.body())
          ? null
          : "What answers there by HTTPS is not this platform";
    } catch (IOException | IllegalArgumentException e) {
      return "It cannot be reached by HTTPS: " + e.getMessage();
    }
  }

  /** Answers a question that came under a host. */
  Optional<String> answer(String token, String host) {
    ProofToken tokens = new ProofToken(keys, address(host));
    return tokens.isGenuine(token, clock.instant())
        ? Optional.of(tokens.answer(token))
        : Optional.empty();
  }

  /** Returns the address of links under a host, without a slash at its end. */
  String address(String host) {
    return "https://" + host + (port < 0 || port == 443 ? "" : ":" + port);
  }
}
