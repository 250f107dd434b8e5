// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** A password that stands in a file which nobody but its owner may touch. */
public final class PasswordFile {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PasswordFile() {}

  /**
   * Reads a password; a line end at its end is not part of it.
   *
   * @throws ServerException where the file is missing, empty, or open to others
   */
  public static String read(Path file) {
    try {
      Set<PosixFilePermission> open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      open.remove(PosixFilePermission.OWNER_READ);
      open.remove(PosixFilePermission.OWNER_WRITE);
      if (!open.isEmpty()) {
        throw new ServerException("The password file " + file + " is open to others: chmod 600");
      }
      String password = Files.readString(file).strip();
      if (password.isEmpty()) {
        throw new ServerException("The password file " + file + " is empty");
      }
      return password;
    } catch (IOException e) {
      throw new ServerException("The password file " + file + " cannot be read: " + e, e);
    }
  }

  /** Reads a password, or makes a random one and keeps it where there is none yet. */
  public static String readOrMake(Path file) {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[32];
      RANDOM.nextBytes(bytes);
      write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    return read(file);
  }

  /** Writes the whole file or none of it, so that a crash never leaves half a password. */
  private static void write(Path file, String password) {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PRIVATE);
      Files.writeString(fresh, password);
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ServerException("The password file " + file + " cannot be written: " + e, e);
    }
  }
}
