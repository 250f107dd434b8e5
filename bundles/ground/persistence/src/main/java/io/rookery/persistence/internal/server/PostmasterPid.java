// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of itself in {@code postmaster.pid} (PostgreSQL manual §65.1).
 *
 * @param pid the process id of the server, or of the one that died and left the file behind
 * @param port where it listens
 */
record PostmasterPid(long pid, int port) {

  private static final String FILE = "postmaster.pid";

  /** Reads the file of a cluster; empty where there is none or it is not complete. */
  static Optional<PostmasterPid> read(Path cluster) throws IOException {
    Path file = cluster.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    try {
      long pid = Long.parseLong(lines.get(0).trim());
      return Optional.of(new PostmasterPid(pid, Integer.parseInt(lines.get(3).trim())));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Removes the file of a server that is dead. */
  static void remove(Path cluster) throws IOException {
    Files.deleteIfExists(cluster.resolve(FILE));
  }

  /**
   * Returns whether the process lives and really is the server of this cluster: after a crash the
   * id may have gone to a stranger. A server's working directory is its cluster.
   */
  boolean serves(Path cluster) {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return false;
    }
    try {
      Path directory = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"));
      return directory.equals(cluster.toRealPath());
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  /**
   * Stops the server: open transactions are rolled back, and if it does not end in time it is told
   * to end at once, which its next start recovers from. The signals are those of {@code pg_ctl
   * stop}.
   */
  void stop(Path cluster, Duration patience) throws IOException {
    for (String signal : List.of("INT", "QUIT")) {
      Command.run(List.of("kill", "-" + signal, Long.toString(pid)), patience);
      long end = System.nanoTime() + patience.toNanos();
      while (System.nanoTime() < end) {
        if (!serves(cluster)) {
          return;
        }
        Pause.millis(20);
      }
    }
    throw new IOException("The server " + pid + " does not stop");
  }
}
