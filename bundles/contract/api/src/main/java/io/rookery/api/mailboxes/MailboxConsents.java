// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.SecretBearing;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Connects mailboxes by OAuth 2: who owns an account lets the platform send from it, at the
 * provider's own page (RFC 6749 §4.1, with the proof key of RFC 7636), and can take that back
 * there. Thread-safe.
 */
@ProviderType
public interface MailboxConsents {

  /** Returns the names of the providers at which the operator has registered, in order. */
  List<String> providers();

  /**
   * Begins to connect a mailbox: whoever follows the address and consents within ten minutes
   * connects it. It works once, and only until the mailbox is begun to be connected again. At most
   * once per idempotency key of the context; a repeat is {@code already_done}.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where the provider is
   *     unknown or the mailbox's settings name a host that its tokens are not for, {@code
   *     wrong_state} where the mailbox's backend takes no access tokens
   */
  Started start(TenantContext context, UUID mailboxId, String provider);

  /**
   * Takes what a provider sent a browser back with. The state alone authorises it and is used up by
   * it, whatever comes of it. Never throws for what the browser brought.
   *
   * @param answer what came; each part may be null or anything
   */
  Ending complete(ProviderAnswer answer);

  /** Returns how a mailbox stands. */
  Consent get(TenantContext context, UUID mailboxId);

  /**
   * Keeps the secret of the operator's registration at a provider in the secret store.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where the provider is
   *     unknown
   */
  void keepClientSecret(TenantContext operator, String provider, Secret secret);

  /**
   * Where to consent, and until when. Whoever holds the address may consent, so it is shown once.
   */
  record Started(UUID mailboxId, URI authorizationUrl, Instant expiresAt) implements SecretBearing {

    @Override
    public UUID id() {
      return mailboxId;
    }
  }

  /** The query parameters of a provider's answer (RFC 6749 §4.1.2), any of which may be null. */
  record ProviderAnswer(String state, String code, String error) {

    /** Tells nothing of it, as the code and the state are worth something. */
    @Override
    public String toString() {
      return "ProviderAnswer";
    }
  }

  /** What came of a provider's answer. */
  enum Ending {
    /** The mailbox is connected. */
    CONNECTED,
    /** Nobody consented; all is as it was. */
    DENIED,
    /** The state is unknown, used up or too old, or its mailbox is removed; all is as it was. */
    UNKNOWN,
    /** The provider gave nothing that lasts, or refused the exchange; all is as it was. */
    REFUSED,
    /**
     * The provider, the secret store or the database could not be reached. The new tokens may stand
     * in place of those before; the mailbox is to be connected again.
     */
    UNAVAILABLE
  }

  /**
   * How a mailbox stands.
   *
   * @param provider the provider whose access tokens it signs in with, or null where nobody has
   *     consented
   * @param consentedAt since when, or null where there is no consent, or no longer
   */
  record Consent(String provider, Instant consentedAt) {}
}
