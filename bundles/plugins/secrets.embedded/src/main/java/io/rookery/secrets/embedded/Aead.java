// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256 in Galois/Counter Mode (NIST SP 800-38D) with a random nonce of 96 bits before and a tag
 * of 128 bits after the cipher text. One key may seal 2³² texts, far more than a tenant writes.
 */
final class Aead {

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Aead() {}

  /** Returns random bytes fit for keys. */
  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** Encrypts a text and binds it to what it is about. */
  static byte[] seal(SecretKey key, byte[] about, byte[] text) {
    byte[] nonce = random(NONCE);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, about, text, 0);
    byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return all;
  }

  /** Decrypts a text; {@code UNREADABLE} where it, its key or what it is about is another one. */
  static byte[] open(SecretKey key, byte[] about, byte[] sealed) {
    if (sealed.length < NONCE + TAG_BITS / 8) {
      throw Failures.unreadable("What is kept of a secret is damaged");
    }
    return run(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE), about, sealed, NONCE);
  }

  private static byte[] run(
      int mode, SecretKey key, byte[] nonce, byte[] about, byte[] text, int from) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(about);
      return cipher.doFinal(text, from, text.length - from);
    } catch (AEADBadTagException e) {
      throw Failures.unreadable("What is kept of a secret is damaged or under another key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-GCM", e);
    }
  }
}
