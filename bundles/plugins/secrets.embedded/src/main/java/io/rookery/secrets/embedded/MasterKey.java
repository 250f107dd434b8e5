// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that wraps all data keys. Its id is a key-check value: the first 16 bytes of an
 * HMAC-SHA256 (RFC 2104) under the key, which tells one key from another and nothing about it.
 */
final class MasterKey {

  static final int LENGTH = 32;

  private static final byte[] CHECK =
      "rookery secrets.embedded key check 1".getBytes(StandardCharsets.UTF_8);

  private final SecretKey key;
  private final Description description;

  private MasterKey(byte[] bytes, byte[] salt, Derivation derivation) {
    this.key = new SecretKeySpec(bytes, "AES");
    this.description = new Description(id(bytes), salt, derivation);
  }

  /** Takes a key of 32 random bytes. */
  static MasterKey random(byte[] bytes) {
    return new MasterKey(bytes, new byte[0], Derivation.NONE);
  }

  /** Takes a key of 32 bytes that was derived from a passphrase. */
  static MasterKey derived(byte[] bytes, byte[] salt, Derivation derivation) {
    return new MasterKey(bytes, salt, derivation);
  }

  String id() {
    return description.id();
  }

  Description description() {
    return description;
  }

  byte[] wrap(byte[] about, byte[] dataKey) {
    return Aead.seal(key, about, dataKey);
  }

  byte[] unwrap(byte[] about, byte[] wrapped) {
    return Aead.open(key, about, wrapped);
  }

  private static String id(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(CHECK), 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HMAC-SHA256", e);
    }
  }

  /**
   * What is kept of a master key in the database.
   *
   * @param salt of the derivation; empty where the key is random
   * @param derivation how it came from a passphrase; none where it is random
   */
  record Description(String id, byte[] salt, Derivation derivation) {}
}
