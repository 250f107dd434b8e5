// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How a master key comes from a passphrase: by Argon2id (RFC 9106), or by PBKDF2 with HMAC-SHA256
 * (RFC 8018 §5.2) as in stores of earlier releases. Random keys come from none.
 *
 * @param passes how often the memory is gone over, or PBKDF2's iterations; 0 for none
 * @param memory in KiB; 0 for PBKDF2
 * @param lanes how many parts the memory has; 0 for PBKDF2
 */
record Derivation(int passes, int memory, int lanes) {

  /** That of a random key. */
  static final Derivation NONE = new Derivation(0, 0, 0);

  /** The second choice of RFC 9106 §4, for where memory is scarce: 64 MiB, three passes. */
  static final Derivation ARGON2ID = new Derivation(3, 64 * 1024, 4);

  private static final int MOST_PASSES = 10_000_000;
  private static final int MOST_MEMORY = 1024 * 1024;
  private static final int MOST_LANES = 64;

  /** What stands in the database must not take all of the node's memory or time. */
  Derivation {
    boolean argon = memory != 0;
    if (passes < 0
        || passes > MOST_PASSES
        || (argon && passes == 0)
        || memory < 0
        || memory > MOST_MEMORY
        || lanes > MOST_LANES
        || argon != lanes > 0
        || argon && memory < 8 * lanes) {
      throw new IllegalArgumentException("No such derivation of a key");
    }
  }

  static Derivation pbkdf2(int iterations) {
    return new Derivation(iterations, 0, 0);
  }

  boolean isNone() {
    return passes == 0;
  }

  boolean isArgon2id() {
    return memory > 0;
  }

  /** Returns the key of a passphrase; the same salt gives the same key. */
  byte[] key(String passphrase, byte[] salt) {
    return isArgon2id() ? argon2id(passphrase, salt) : pbkdf2(passphrase, salt);
  }

  /** What looks the same is the same, whichever keyboard it was typed on (Unicode NFKC). */
  private byte[] argon2id(String passphrase, byte[] salt) {
    byte[] text =
        Normalizer.normalize(passphrase, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] key = new byte[MasterKey.LENGTH];
    generator.generateBytes(text, key);
    Arrays.fill(text, (byte) 0);
    return key;
  }

  private byte[] pbkdf2(String passphrase, byte[] salt) {
    PBEKeySpec spec = new PBEKeySpec(passphrase.toCharArray(), salt, passes, MasterKey.LENGTH * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
