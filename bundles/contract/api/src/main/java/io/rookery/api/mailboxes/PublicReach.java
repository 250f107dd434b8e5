// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether recipients reach the unsubscribe address: the platform sends a one-click POST (RFC 8058)
 * to its own public address, and what counts is that it arrives here. Thread-safe.
 */
@ProviderType
public interface PublicReach {

  /**
   * Returns why it is not proven that one-click unsubscribes reach the platform, as a sentence, or
   * empty where one arrived within the last 24 hours.
   */
  Optional<String> objection();

  /**
   * Takes a one-click POST at the public address. One that comes under the name of another host
   * proves nothing: a proxy that changes the field Host would have recipients' requests refused.
   *
   * @param token what stood in the path; anything may come
   * @param host the field Host as it came, or null
   * @return whether it was the platform's own proof, so that it is no recipient's
   */
  boolean arrived(String token, String host);
}
