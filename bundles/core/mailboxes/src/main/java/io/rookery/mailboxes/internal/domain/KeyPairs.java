// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.DkimKey.Algorithm;
import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes DKIM keys and reads them back. */
final class KeyPairs {

  /** The field of a secret that holds the private key: PKCS #8 in base64. */
  private static final String FIELD = "private_key";

  private static final int RSA_BITS = 2048;
  private static final int RAW_BYTES = 32;
  private static final int NAME_LENGTH = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private KeyPairs() {}

  /**
   * Makes a generation: an RSA key, which all receivers verify, and an Ed25519 key beside it. Their
   * selectors are named by chance, as a name that was used before may still be remembered by
   * resolvers.
   */
  static Map<DkimSelector, SecretData> generation(Instant now) {
    String name = "rky" + chance();
    Map<DkimSelector, SecretData> made = new LinkedHashMap<>();
    KeyPair rsa = pair("RSA", RSA_BITS);
    made.put(
        new DkimSelector(
            name, Algorithm.RSA_SHA256, base64(rsa.getPublic().getEncoded()), now, null, null),
        secret(rsa));
    KeyPair ed25519 = pair("Ed25519", 0);
    byte[] info = ed25519.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(info, info.length - RAW_BYTES, info.length);
    made.put(
        new DkimSelector(name + "e", Algorithm.ED25519_SHA256, base64(raw), now, null, null),
        secret(ed25519));
    return made;
  }

  private static String chance() {
    String digits = Long.toString(RANDOM.nextLong() >>> 2 | 1L << 61, 36);
    return digits.substring(digits.length() - NAME_LENGTH);
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits, RANDOM);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java lacks " + algorithm, e);
    }
  }

  private static SecretData secret(KeyPair pair) {
    return new SecretData(Map.of(FIELD, Secret.of(base64(pair.getPrivate().getEncoded()))));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Reads a private key from the store. */
  static PrivateKey read(Algorithm algorithm, SecretData data) {
    Secret value = data.fields().get(FIELD);
    if (value == null) {
      throw new IllegalStateException("A DKIM secret lacks its key");
    }
    String name = algorithm == Algorithm.RSA_SHA256 ? "RSA" : "Ed25519";
    try {
      byte[] encoded = Base64.getDecoder().decode(value.reveal());
      return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The cause might quote what it could not read.
      throw new IllegalStateException("A DKIM secret holds no " + name + " key");
    }
  }
}
