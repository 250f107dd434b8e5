// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.chain;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * From where something was done. The chain holds a digest of it under a salt of its own; once both
 * source and salt are gone, the digest tells nobody which address it was, and the chain still
 * holds.
 *
 * @param text an address or a word, or null where it is not known or gone
 * @param salt 16 random bytes of an address, none of a word, null where the source is null
 * @param digest null where no source was known
 */
public record Source(String text, byte[] salt, byte[] digest) {

  /** No source is known. */
  static final Source UNKNOWN = new Source(null, null, null);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] NO_SALT = {};

  /** Returns the source that is a network address, which may be forgotten later. */
  static Source address(String address) {
    byte[] salt = new byte[16];
    RANDOM.nextBytes(salt);
    return new Source(address, salt, digest(address, salt));
  }

  /** Returns a source that is a word of ours and nobody's address. */
  static Source word(String word) {
    return new Source(word, null, digest(word, NO_SALT));
  }

  /** Returns whether the text is the one that was chained, or gone as it should. */
  boolean holds() {
    if (text == null) {
      return salt == null;
    }
    return Arrays.equals(digest, digest(text, salt == null ? NO_SALT : salt));
  }

  private static byte[] digest(String text, byte[] salt) {
    return new Canonical("rookery audit source 1").bytes(salt).text(text).sha256();
  }
}
