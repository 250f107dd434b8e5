// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, which travel inside this bundle and are unpacked once. The folder's name
 * carries the archive's digest, so a newer bundle unpacks beside the older one.
 */
public final class ServerBinaries {

  /** The major version whose data the programs read; pinned for 1.x. */
  public static final int MAJOR = 17;

  private static final Logger LOG = LoggerFactory.getLogger(ServerBinaries.class);

  private ServerBinaries() {}

  /**
   * Unpacks the programs below a folder unless they are there already.
   *
   * @return the folder that holds {@code bin}, {@code lib} and {@code share}
   */
  public static Path unpack(Path folder) {
    String archive = "/postgres-linux-" + architecture() + ".txz";
    try {
      Path home = folder.resolve("server-" + MAJOR + "-" + digest(archive));
      if (!Files.isDirectory(home)) {
        Path fresh = Files.createTempDirectory(folder, "unpack-");
        extract(archive, fresh);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        moveIntoPlace(fresh, home);
      }
      return home;
    } catch (IOException e) {
      throw new ServerException("PostgreSQL cannot be unpacked below " + folder + ": " + e, e);
    }
  }

  /** Removes what former versions of this bundle have unpacked beside the programs in use. */
  public static void keepOnly(Path home) {
    try (Stream<Path> all = Files.list(home.getParent())) {
      for (Path other : all.filter(path -> !path.equals(home)).toList()) {
        if (other.getFileName().toString().matches("(server-\\d+|unpack)-.*")) {
          Folders.delete(other);
        }
      }
    } catch (IOException e) {
      LOG.warn("Former PostgreSQL programs beside {} could not be removed", home, e);
    }
  }

  private static String architecture() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return name.equals("amd64") ? "x86_64" : name.equals("aarch64") ? "arm_64" : name;
  }

  private static InputStream open(String archive) {
    InputStream stream = ServerBinaries.class.getResourceAsStream(archive);
    if (stream == null) {
      throw new ServerException(
          "This distribution carries no PostgreSQL for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + ". Name a database of your own in etc/io.rookery.persistence.cfg");
    }
    return new BufferedInputStream(stream, 1 << 16);
  }

  private static String digest(String archive) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(open(archive), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void extract(String archive, Path target) throws IOException {
    try (InputStream packed = open(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("An entry leaves the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
          continue;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
    openFolders(target);
  }

  /** Lets the server's user in, whatever this process's umask is. */
  private static void openFolders(Path target) throws IOException {
    try (Stream<Path> walk = Files.walk(target)) {
      for (Path folder : walk.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private static void moveIntoPlace(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      Folders.delete(fresh);
    }
  }
}
