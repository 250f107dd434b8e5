// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * The folder of one server's data: made once, configured at each start.
 *
 * @param folder the data directory
 * @param programs the folder of {@code initdb}, {@code pg_ctl} and {@code postgres}
 * @param user who runs them
 */
record Cluster(Path folder, Path programs, ServerUser user) {

  /** The name of the superuser that {@code initdb} makes; it serves only to make the owner. */
  static final String SUPERUSER = "postgres";

  private static final Duration INIT_PATIENCE = Duration.ofMinutes(3);

  /**
   * Makes the cluster unless it is there. It grows beside its place and is moved there whole, so a
   * crash in between costs nothing.
   */
  void ensure(String password, boolean durable) throws IOException {
    if (Files.exists(folder.resolve("PG_VERSION"))) {
      String version = Files.readString(folder.resolve("PG_VERSION")).trim();
      if (!version.equals(Integer.toString(ServerBinaries.MAJOR))) {
        throw new ServerException(
            folder + " holds data of PostgreSQL " + version + ", not " + ServerBinaries.MAJOR);
      }
      user.give(folder);
      return;
    }
    Path nest = folder.resolveSibling("init");
    Folders.delete(nest);
    Files.createDirectories(nest);
    Files.setPosixFilePermissions(nest, PosixFilePermissions.fromString("rwx------"));
    Path secret = nest.resolve("password");
    Path fresh = nest.resolve("data");
    Files.writeString(secret, password);
    Files.createDirectory(fresh);
    user.give(nest);
    init(fresh, secret, durable);
    Files.delete(secret);
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    Folders.delete(nest);
  }

  private void init(Path target, Path secret, boolean durable) {
    Command.Result result =
        Command.run(
            user.words(
                programs.resolve("initdb"),
                "-D",
                target.toString(),
                "-U",
                SUPERUSER,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums",
                durable ? "--sync-method=fsync" : "--no-sync"),
            INIT_PATIENCE);
    if (!result.success()) {
      throw new ServerException("initdb failed below " + folder.getParent() + ": " + result);
    }
  }

  /** Writes the server's configuration, which lets in nobody but holders of a password. */
  void configure(ServerSettings settings, int port) throws IOException {
    write("postgresql.conf", settings.text(port));
    write("pg_hba.conf", "# Written at each start.\nhost all all 127.0.0.1/32 scram-sha-256\n");
  }

  private void write(String name, String text) throws IOException {
    Path fresh = folder.resolve(name + ".new");
    Files.writeString(fresh, text);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    user.give(fresh);
    Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
