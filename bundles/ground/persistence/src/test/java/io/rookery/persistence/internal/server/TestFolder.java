// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A folder that the server's user may pass through; JUnit's own are closed to it. */
public final class TestFolder implements BeforeEachCallback, AfterEachCallback {

  private static final class Template {
    static final Path FOLDER = make();

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory("rookery-template-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        ServerSettings quick = ServerSettings.standard().with("fsync", "off");
        EmbeddedServer.start(folder.resolve("pg"), programs(), quick).close();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        return folder.resolve("pg");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void remove(Path folder) {
      try {
        Folders.delete(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Path folder;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("rookery-test-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    Folders.delete(folder);
  }

  /** Returns the folder of this test. */
  public Path get() {
    return folder;
  }

  /** Returns a place for a server in this folder, where a new cluster lies ready: it saves time. */
  public Path server() {
    Path server = folder.resolve("pg");
    if (!Files.exists(server)) {
      List<String> copy = List.of("cp", "-a", Template.FOLDER.toString(), server.toString());
      if (!Command.run(copy, Duration.ofMinutes(1)).success()) {
        throw new IllegalStateException("The template cannot be copied");
      }
    }
    return server;
  }

  /** Returns the unpacked programs, shared with the database fixture. */
  public static Path programs() {
    Path cache =
        Folders.passable(
            Path.of(
                System.getProperty("java.io.tmpdir"),
                "rookery-postgres-" + System.getProperty("user.name")));
    return ServerBinaries.unpack(cache);
  }
}
