// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto.internal;

import io.rookery.crypto.SignatureAlgorithm;
import io.rookery.crypto.SigningKey;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps signature objects that have taken up the key, one for each thread that signs at a time:
 * they are not thread-safe, and taking up a key costs several signatures of Ed25519. Thread-safe.
 */
final class PooledSigningKey implements SigningKey {

  private final Implementation implementation;
  private final SignatureAlgorithm algorithm;
  private final PrivateKey key;
  private final Queue<Signature> idle = new ConcurrentLinkedQueue<>();

  /** Takes up the key once, so that a wrong one shows here. */
  PooledSigningKey(Implementation implementation, SignatureAlgorithm algorithm, PrivateKey key)
      throws GeneralSecurityException {
    this.implementation = implementation;
    this.algorithm = algorithm;
    this.key = key;
    idle.add(ready());
  }

  private Signature ready() throws GeneralSecurityException {
    Signature signature = implementation.signature(algorithm);
    signature.initSign(key);
    return signature;
  }

  @Override
  public byte[] sign(byte[] data, int offset, int length) {
    try {
      Signature signature = idle.poll();
      if (signature == null) {
        signature = ready();
      }
      signature.update(data, offset, length);
      byte[] signed = signature.sign();
      // One that has failed is not put back.
      idle.add(signature);
      return signed;
    } catch (GeneralSecurityException e) {
      throw new RookeryException(CommonErrors.INTERNAL, "A signature could not be made", e);
    }
  }

  @Override
  public String toString() {
    return algorithm + " by " + implementation.title();
  }
}
