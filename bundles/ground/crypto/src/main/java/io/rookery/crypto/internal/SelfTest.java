// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto.internal;

import io.rookery.crypto.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;

/** Finds out whether an implementation does what it says: it signs, and the JDK verifies. */
final class SelfTest {

  private static final byte[] MESSAGE = "rookery".getBytes(StandardCharsets.US_ASCII);

  private SelfTest() {}

  /**
   * Signs twice, as signature objects are used again.
   *
   * @throws GeneralSecurityException where it cannot sign, or signs wrongly
   */
  static void run(Implementation implementation, SignatureAlgorithm algorithm)
      throws GeneralSecurityException {
    KeyPair keys = KnownKeys.of(algorithm);
    var key = implementation.prepare(algorithm, keys.getPrivate());
    for (int i = 0; i < 2; i++) {
      byte[] signed = key.sign(MESSAGE, 0, MESSAGE.length);
      Signature jdk = Implementation.JDK.signature(algorithm);
      jdk.initVerify(keys.getPublic());
      jdk.update(MESSAGE);
      if (!jdk.verify(signed)) {
        throw new GeneralSecurityException("It makes signatures that are wrong");
      }
    }
  }
}
