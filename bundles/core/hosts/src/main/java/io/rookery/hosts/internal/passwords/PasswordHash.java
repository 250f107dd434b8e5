// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.spi.plugin.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Makes passwords, and what Dovecot keeps of them: its scheme SSHA512, which every build of it
 * knows (doc.dovecot.org, Password Schemes). A slow scheme is for passwords that people choose; one
 * of 190 random bits is not found by trying.
 */
final class PasswordHash {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;
  private static final int SALT = 8;

  private PasswordHash() {}

  static Secret newPassword() {
    StringBuilder made = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      made.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return Secret.of(made.toString());
  }

  /** Returns a password field of a line, each time another one. */
  static String of(Secret password) {
    byte[] salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    return of(password, salt);
  }

  /** Returns the password field that a rotation puts, so that it knows it again. */
  static String of(Secret password, UUID rotationId) {
    long random = rotationId.getLeastSignificantBits();
    return of(password, ByteBuffer.allocate(SALT).putLong(random).array());
  }

  private static String of(Secret password, byte[] salt) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      digest.update(password.reveal().getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(salt);
      byte[] both = Arrays.copyOf(hash, hash.length + SALT);
      System.arraycopy(salt, 0, both, hash.length, SALT);
      return "{SSHA512}" + Base64.getEncoder().encodeToString(both);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-512", e);
    }
  }
}
