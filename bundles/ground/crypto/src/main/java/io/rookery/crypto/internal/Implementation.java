// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto.internal;

import io.rookery.crypto.SignatureAlgorithm;
import io.rookery.crypto.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * An implementation of signatures. It is handed around as an object and never registered: whatever
 * else runs in this process keeps the implementations that it has. Thread-safe.
 *
 * @param title its name and version, for people
 * @param provider the implementation, or null for what the JDK itself prefers
 */
record Implementation(String title, Provider provider) {

  static final Implementation JDK = new Implementation("JDK " + Runtime.version().feature(), null);

  /**
   * Makes a key ready to sign.
   *
   * @throws GeneralSecurityException where it is no key of the algorithm
   */
  SigningKey prepare(SignatureAlgorithm algorithm, PrivateKey key) throws GeneralSecurityException {
    return new PooledSigningKey(this, algorithm, own(algorithm, key));
  }

  Signature signature(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    return provider == null
        ? Signature.getInstance(algorithm.signature())
        : Signature.getInstance(algorithm.signature(), provider);
  }

  /**
   * Returns the key as an object of the implementation's own: one of the JDK's would be translated
   * anew for each signature object, and Conscrypt refuses those of Ed25519.
   */
  private PrivateKey own(SignatureAlgorithm algorithm, PrivateKey key)
      throws GeneralSecurityException {
    if (provider == null) {
      return key;
    }
    KeyFactory factory;
    try {
      factory = KeyFactory.getInstance(algorithm.key(), provider);
    } catch (NoSuchAlgorithmException e) {
      // Corretto has no key factory for Ed25519 unless asked, and takes the JDK's keys.
      return key;
    }
    return factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
  }
}
