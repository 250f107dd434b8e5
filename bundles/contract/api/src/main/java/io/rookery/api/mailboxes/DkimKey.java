// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import java.security.PrivateKey;
import java.util.Objects;

/**
 * A key that signs mail (RFC 6376). Prints without the key itself.
 *
 * @param domain the signing domain in A-labels, the signature's {@code d=}
 * @param selector the selector in A-labels, its {@code s=}
 * @param algorithm what it signs with
 * @param privateKey the key; stays in memory and goes nowhere
 */
public record DkimKey(String domain, String selector, Algorithm algorithm, PrivateKey privateKey) {

  /** Signature algorithms that receivers know. */
  public enum Algorithm {
    /** RSA with SHA-256 and 2048 bits (RFC 6376, RFC 8301); every receiver verifies it. */
    RSA_SHA256,
    /** Ed25519 over the SHA-256 digest (RFC 8463); stands beside the former, never alone. */
    ED25519_SHA256
  }

  /** Checks that the key is whole. */
  public DkimKey {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(selector, "selector");
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(privateKey, "privateKey");
  }

  @Override
  public String toString() {
    return selector + "._domainkey." + domain + " " + algorithm;
  }
}
