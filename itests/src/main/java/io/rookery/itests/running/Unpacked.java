// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.running;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The distribution's files in a folder, with settings changed. */
final class Unpacked {

  private final Path home;

  private Unpacked(Path home) {
    this.home = home;
  }

  /**
   * Unpacks a distribution, without its outermost folder, below a folder that everybody may enter.
   */
  static Unpacked of(Path archive, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, folder);
      }
    }
    return new Unpacked(folder);
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path inside = Path.of(entry.getName());
    if (inside.getNameCount() < 2) {
      return;
    }
    Path target = folder.resolve(inside.subpath(1, inside.getNameCount())).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("The archive holds a path that leads out of it: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
    if ((entry.getMode() & 0100) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  Path home() {
    return home;
  }

  /** Sets keys of a file in etc/, in place of what stood there. */
  void set(String file, Map<String, String> values) throws IOException {
    Path path = home.resolve("etc").resolve(file);
    List<String> lines = new ArrayList<>();
    if (Files.exists(path)) {
      for (String line : Files.readAllLines(path)) {
        String key = line.split("=", 2)[0].strip();
        if (!values.containsKey(key)) {
          lines.add(line);
        }
      }
    }
    values.forEach((key, value) -> lines.add(key + " = " + value));
    Files.write(path, lines);
  }
}
