// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.cluster;

import io.rookery.persistence.internal.database.Credential;
import io.rookery.persistence.internal.database.OwnDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The PostgreSQL that a node runs for itself. It is the node's task to have it serve again. */
public final class InsideDatabase implements DatabaseServer {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;

  /** Finds the server of a node by the node's folder. */
  public InsideDatabase(Path home) {
    this.folder = home.resolve("data/postgres");
  }

  private long word(int line) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("data/postmaster.pid"));
    return Long.parseLong(lines.get(line).strip());
  }

  @Override
  public int port() {
    try {
      return (int) word(3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long pid() throws IOException {
    return word(0);
  }

  @Override
  public void kill() throws IOException, InterruptedException {
    Processes.kill(pid());
  }

  /** Waits until the node has brought it back. */
  @Override
  public void start() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!serves()) {
      if (System.nanoTime() > end) {
        throw new IOException("The node did not bring its database back");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean serves() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException | UncheckedIOException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  /** Returns the password of its superuser, {@code postgres}. */
  public String password() throws IOException {
    return Files.readString(folder.resolve("secrets/superuser")).strip();
  }

  @Override
  public Connection connect() throws SQLException {
    try {
      return new OwnDatabase(port(), new Credential("postgres", password())).connect("rookery");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it where its node died and left it behind. */
  @Override
  public void close() {
    try {
      Path cluster = folder.resolve("data");
      if (Files.exists(cluster.resolve("postmaster.pid"))) {
        long pid = pid();
        // The number may be a stranger's by now; a server works in its own data folder.
        if (Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).equals(cluster.toRealPath())) {
          Processes.kill(pid);
        }
      }
    } catch (IOException e) {
      // It has ended meanwhile.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
