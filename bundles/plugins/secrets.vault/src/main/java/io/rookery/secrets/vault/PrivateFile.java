// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file that its owner alone may read. */
final class PrivateFile {

  private static final Set<PosixFilePermission> OWN =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path path;

  PrivateFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** Reads the file without its last line's end; {@code DENIED} where it is open to others. */
  String read() {
    try {
      if (!OWN.containsAll(Files.getPosixFilePermissions(path))) {
        throw Failures.denied("The file " + path + " is open to others; set its mode to 0600");
      }
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw Failures.denied(
          "The file " + path + " is missing or cannot be read; rookery:vault-setup makes it");
    }
  }

  /** Makes the file anew with mode 0600, whole and durable or not at all. */
  void write(String text) {
    try {
      Path draft = draft();
      try {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
          ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
      try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw notWritten();
    }
  }

  /** Throws where the file could not be written now. */
  void requireWritable() {
    try {
      Files.delete(draft());
    } catch (IOException e) {
      throw notWritten();
    }
  }

  private Path draft() throws IOException {
    FileAttribute<?> ownFolder =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    FileAttribute<?> ownFile =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(path.getParent(), ownFolder);
    return Files.createTempFile(path.getParent(), "." + path.getFileName(), ".new", ownFile);
  }

  private RuntimeException notWritten() {
    return Failures.denied(
        "The file " + path + " cannot be written; let the platform's account write its folder");
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw notWritten();
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
