// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * A master key that is derived from a passphrase by Argon2id. The salt and the cost stand in the
 * database, so that stores which were made by another derivation open as well.
 */
final class PassphraseFile implements MasterSource {

  private static final int SHORTEST = 16;
  private static final int SALT = 16;

  private final PrivateFile file;
  private final Derivation derivation;

  PassphraseFile(Path path) {
    this(path, Derivation.ARGON2ID);
  }

  /** Derives new keys in another way. */
  PassphraseFile(Path path, Derivation derivation) {
    this.file = new PrivateFile(path);
    this.derivation = derivation;
  }

  @Override
  public MasterKey create() {
    byte[] salt = Aead.random(SALT);
    return MasterKey.derived(derivation.key(read(), salt), salt, derivation);
  }

  @Override
  public void discard() {
    // Nothing was made outside memory.
  }

  @Override
  public List<MasterKey> candidates(MasterRecord record) {
    String passphrase = read();
    return record.keys().stream()
        .filter(key -> !key.derivation().isNone())
        .map(
            key ->
                MasterKey.derived(
                    key.derivation().key(passphrase, key.salt()), key.salt(), key.derivation()))
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
}
