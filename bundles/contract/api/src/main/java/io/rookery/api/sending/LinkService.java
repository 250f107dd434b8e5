// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import java.net.URI;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the links in mails do. A token names its tenant and message and carries a code that only we
 * can make; a token that is broken, foreign or of another purpose is as good as none. Works while
 * the secret store is sealed and after the tenant is suspended. Thread-safe.
 */
@ProviderType
public interface LinkService {

  /** Records a click and returns where it leads, or empty for an unknown token. */
  Optional<URI> click(String token);

  /** Records an open; does nothing for an unknown token. */
  void open(String token);

  /** Returns whom an unsubscribe token stands for, or empty for an unknown token. */
  Optional<Recipient> recipient(String token);

  /**
   * Suppresses the recipient for the tenant at once. Repeating changes nothing.
   *
   * @return whether the token was known
   */
  boolean unsubscribe(String token, Manner manner);

  /** How somebody unsubscribed. */
  enum Manner {
    /** The receiver's own button (RFC 8058). */
    ONE_CLICK,
    /** The button on our page. */
    PAGE
  }

  /** Who unsubscribes from whom; the address is shown shortened. */
  record Recipient(String tenantName, String shortenedAddress, boolean alreadySuppressed) {}
}
