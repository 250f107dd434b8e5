// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that its owner alone may read. */
final class PrivateFile {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final Path path;

  PrivateFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** Reads the file; {@code UNREADABLE} where it is missing or open to others. */
  String read() {
    if (!exists()) {
      throw Failures.unreadable(
          "The file " + path + " is missing; put it back from where its copy is kept");
    }
    try {
      requirePrivate();
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw Failures.unreadable("The file " + path + " cannot be read", e);
    }
  }

  private void requirePrivate() throws IOException {
    Set<PosixFilePermission> given = EnumSet.copyOf(OTHERS);
    given.retainAll(Files.getPosixFilePermissions(path));
    if (!given.isEmpty()) {
      throw Failures.unreadable("The file " + path + " is open to others; set its mode to 0600");
    }
  }

  /** Makes the file with mode 0600, durably; returns whether it did, false where there is one. */
  boolean create(String text) {
    try {
      Files.createDirectories(path.getParent());
      try (FileChannel channel =
          FileChannel.open(
              path,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      forceFolder();
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw Failures.unreadable("The file " + path + " cannot be made", e);
    }
  }

  /** Makes the file's name durable too: a key that a crash forgets takes all secrets with it. */
  private void forceFolder() throws IOException {
    try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw Failures.unreadable("The file " + path + " cannot be removed", e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
