// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What travels through the browser of whoever consents (RFC 6749 §10.12): whose mailbox it is about
 * and 256 bits that nobody can guess. It tells where to look; what it may do is decided by its
 * digest, which stands in the mailbox's row. The verifier of RFC 7636 is made from it by a key of
 * the platform's, so that every node can make it and nobody has to keep it.
 */
record ConsentState(int keyId, UUID tenantId, UUID mailboxId, byte[] nonce) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 32;
  private static final int LENGTH = 1 + 16 + 16 + NONCE;

  static ConsentState begin(PlatformKeys keys, UUID tenantId, UUID mailboxId) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    return new ConsentState(keys.current(KeyPurpose.CONSENT).id(), tenantId, mailboxId, nonce);
  }

  /** Reads what a browser brought, which may be anything. */
  static Optional<ConsentState> parse(String text) {
    if (text == null || !text.matches("[\\w-]{87}")) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    if (bytes.remaining() != LENGTH) {
      return Optional.empty();
    }
    int keyId = bytes.get() & 0xff;
    UUID tenantId = new UUID(bytes.getLong(), bytes.getLong());
    UUID mailboxId = new UUID(bytes.getLong(), bytes.getLong());
    byte[] nonce = new byte[NONCE];
    bytes.get(nonce);
    return Optional.of(new ConsentState(keyId, tenantId, mailboxId, nonce));
  }

  String text() {
    return base64(bytes());
  }

  private byte[] bytes() {
    return ByteBuffer.allocate(LENGTH)
        .put((byte) keyId)
        .putLong(tenantId.getMostSignificantBits())
        .putLong(tenantId.getLeastSignificantBits())
        .putLong(mailboxId.getMostSignificantBits())
        .putLong(mailboxId.getLeastSignificantBits())
        .put(nonce)
        .array();
  }

  byte[] digest() {
    return sha256(bytes());
  }

  /** Returns the verifier (RFC 7636 §4.1), or empty where its key was never there. */
  Optional<String> verifier(PlatformKeys keys) {
    return keys.find(KeyPurpose.CONSENT, keyId).map(this::verifier);
  }

  private String verifier(PlatformKey key) {
    return base64(key.mac(bytes()));
  }

  /** Returns the challenge of a verifier (RFC 7636 §4.2), by method S256. */
  static String challenge(String verifier) {
    return base64(sha256(verifier.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "ConsentState[" + mailboxId + "]";
  }
}
