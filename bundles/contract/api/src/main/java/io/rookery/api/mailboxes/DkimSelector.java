// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.api.mailboxes.DkimKey.Algorithm;
import java.time.Instant;
import java.util.Objects;

/**
 * The public half of a signing key. The selectors of one generation were made at the same time.
 *
 * @param name its label below {@code _domainkey}
 * @param algorithm what it signs with
 * @param publicKey in base64: SubjectPublicKeyInfo for RSA (RFC 6376 §3.6.1), the 32 bytes
 *     themselves for Ed25519 (RFC 8463 §4)
 * @param createdAt when it was made
 * @param publishedAt since when its record has been seen published, or null while it has not
 * @param retiredAt when a newer one took over, or null; its record stays for 48 hours from then
 */
public record DkimSelector(
    String name,
    Algorithm algorithm,
    String publicKey,
    Instant createdAt,
    Instant publishedAt,
    Instant retiredAt) {

  /** Checks that the selector is whole. */
  public DkimSelector {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(publicKey, "publicKey");
    Objects.requireNonNull(createdAt, "createdAt");
  }
}
