// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto;

import java.security.PrivateKey;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Signs with the fastest implementation that was found to work on this machine, which is chosen
 * once, at the start. Thread-safe.
 */
@ProviderType
public interface Signatures {

  /**
   * Makes a key ready to sign many times. That may cost as much as a signature itself, so the
   * result is to be kept for as long as the key is used, and dropped with it.
   *
   * @param key a key with its encoding (PKCS #8)
   * @throws io.rookery.kernel.RookeryException {@code internal} where it is no key of the algorithm
   */
  SigningKey prepare(SignatureAlgorithm algorithm, PrivateKey key);

  /** Returns the name of what signs with an algorithm, for people. */
  String provider(SignatureAlgorithm algorithm);
}
