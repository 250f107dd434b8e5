// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A master key of 32 random bytes in a file, written as Base64. */
final class KeyFile implements MasterSource {

  private final PrivateFile file;
  private boolean made;

  KeyFile(Path path) {
    this.file = new PrivateFile(path);
  }

  @Override
  public MasterKey create() {
    byte[] bytes = Aead.random(MasterKey.LENGTH);
    made = file.create(Base64.getEncoder().encodeToString(bytes));
    return made ? MasterKey.random(bytes) : read();
  }

  @Override
  public void discard() {
    if (made) {
      file.delete();
      made = false;
    }
  }

  @Override
  public List<MasterKey> candidates(MasterRecord record) {
    return List.of(read());
  }

  private MasterKey read() {
    byte[] bytes = decode(file.read());
    if (bytes.length != MasterKey.LENGTH) {
      throw Failures.unreadable("The file " + file + " does not hold a master key");
    }
    return MasterKey.random(bytes);
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
