// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A master key that is derived from a passphrase by PBKDF2 with HMAC-SHA256 (RFC 8018 §5.2) and
 * 600,000 iterations, the figure of the OWASP Password Storage Cheat Sheet. The salt stands in the
 * database.
 */
final class PassphraseFile implements MasterSource {

  static final int ITERATIONS = 600_000;

  private static final int SHORTEST = 16;
  private static final int SALT = 16;

  private final PrivateFile file;
  private final int iterations;

  PassphraseFile(Path path) {
    this(path, ITERATIONS);
  }

  /** Derives new keys with another number of iterations. */
  PassphraseFile(Path path, int iterations) {
    this.file = new PrivateFile(path);
    this.iterations = iterations;
  }

  @Override
  public MasterKey create() {
    return derive(read(), Aead.random(SALT), iterations);
  }

  @Override
  public void discard() {
    // Nothing was made outside memory.
  }

  @Override
  public List<MasterKey> candidates(MasterRecord record) {
    String passphrase = read();
    return record.keys().stream()
        .filter(key -> key.iterations() > 0)
        .map(key -> derive(passphrase, key.salt(), key.iterations()))
        .toList();
  }

  private String read() {
    String passphrase = file.read();
    if (passphrase.length() < SHORTEST) {
      throw Failures.unreadable(
          "The passphrase in " + file + " has fewer than " + SHORTEST + " characters");
    }
    return passphrase;
  }

  private static MasterKey derive(String passphrase, byte[] salt, int iterations) {
    PBEKeySpec spec =
        new PBEKeySpec(passphrase.toCharArray(), salt, iterations, MasterKey.LENGTH * 8);
    try {
      SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
      return MasterKey.derived(factory.generateSecret(spec).getEncoded(), salt, iterations);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
