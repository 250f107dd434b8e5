// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Making and removing folders. */
public final class Folders {

  private Folders() {}

  /** Removes a folder and all that is in it; one that is not there is fine. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  /** Makes a folder that others may pass through but not list; says what is wrong if it cannot. */
  public static Path passable(Path folder) {
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new ServerException(folder + " is not writable for " + user());
      }
      if (Files.getOwner(folder).getName().equals(user())) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      }
      return folder;
    } catch (IOException e) {
      throw new ServerException("The folder " + folder + " cannot be made by " + user(), e);
    }
  }

  /** Makes a folder that nobody else may even look into. */
  public static Path closed(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      return folder;
    } catch (IOException e) {
      throw new ServerException("The folder " + folder + " cannot be made by " + user(), e);
    }
  }

  private static String user() {
    return System.getProperty("user.name");
  }
}
