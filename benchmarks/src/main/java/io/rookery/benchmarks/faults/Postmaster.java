// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import io.rookery.benchmarks.cluster.DatabaseServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Stops and starts a PostgreSQL as its operator does. */
final class Postmaster {

  private final DatabaseServer server;

  Postmaster(DatabaseServer server) {
    this.server = server;
  }

  /** Ends it at once for all who are connected ({@code pg_ctl stop -m fast}). */
  void stop() throws IOException, InterruptedException {
    signal("INT");
  }

  /** Ends it without a checkpoint, so that its next start is a recovery ({@code -m immediate}). */
  void stopImmediately() throws IOException, InterruptedException {
    signal("QUIT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    long pid = server.pid();
    if (!alive(pid)) {
      return;
    }
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    while (alive(pid)) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** Starts it where it does not run. */
  void start() throws IOException, InterruptedException {
    server.start();
  }
}
