// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import io.rookery.api.secrets.PlatformKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key (RFC 8032) whose seed is made from a platform key, so it lives in the secret store
 * alone, is there while the store is sealed, and is rotated like every platform key. Thread-safe.
 */
final class HeadKey {

  private static final byte[] PURPOSE =
      "rookery audit head, Ed25519 seed 1".getBytes(StandardCharsets.UTF_8);
  private static final String ALGORITHM = "Ed25519";

  /** The one that draws its seed as it comes, whatever providers others have put before it. */
  private static final String PROVIDER = "SunEC";

  private static final int LENGTH = 32;

  private final int id;
  private final KeyPair keys;

  HeadKey(PlatformKey key) {
    this(key.id(), key.mac(PURPOSE));
  }

  HeadKey(int id, byte[] seed) {
    this.id = id;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM, PROVIDER);
      generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no Ed25519", e);
    }
  }

  int id() {
    return id;
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM, PROVIDER);
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A head cannot be signed", e);
    }
  }

  boolean verifies(byte[] message, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM, PROVIDER);
      signature.initVerify(keys.getPublic());
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // What has not even the form of a signature.
      return false;
    }
  }

  /** Returns the 32 bytes of the public key in Base64; they end its encoding (RFC 8410 §4). */
  String publicKey() {
    byte[] encoded = keys.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    return Base64.getEncoder().encodeToString(raw);
  }

  /** A source of no randomness: it gives the seed once. */
  private static final class Seed extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != LENGTH) {
        throw new IllegalStateException("A seed has " + LENGTH + " bytes");
      }
      System.arraycopy(seed, 0, bytes, 0, LENGTH);
    }
  }
}
