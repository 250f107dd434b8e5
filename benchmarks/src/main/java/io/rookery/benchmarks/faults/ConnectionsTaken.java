// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import io.rookery.benchmarks.cluster.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody else takes every connection that the server has, also those that the platform had. */
final class ConnectionsTaken implements DatabaseFault {

  private static final String TAKE_AWAY =
      "select pg_terminate_backend(pid) from pg_stat_activity where usename like 'rookery%'";

  private final DatabaseServer server;
  private final List<Connection> taken = new ArrayList<>();
  private Thread thread;
  private volatile boolean ended;

  ConnectionsTaken(DatabaseServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "connections exhausted";
  }

  @Override
  public boolean lasting() {
    return true;
  }

  @Override
  public boolean unready() {
    return true;
  }

  /** Takes all before it returns; then takes again whatever comes free. */
  @Override
  public void begin() throws SQLException {
    taken.add(server.connect());
    takeAway();
    thread = new Thread(this::goOn, "taker");
    thread.start();
  }

  private void goOn() {
    try {
      while (!ended) {
        TimeUnit.MILLISECONDS.sleep(200);
        takeAway();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeAway() throws SQLException {
    takeAll();
    try (Statement statement = taken.get(0).createStatement()) {
      statement.execute(TAKE_AWAY);
    }
    takeAll();
  }

  private void takeAll() {
    try {
      while (!ended) {
        taken.add(server.connect());
      }
    } catch (SQLException e) {
      // Not one is left, which is what was wanted.
    }
  }

  @Override
  public void end() throws SQLException, InterruptedException {
    ended = true;
    thread.join();
    for (Connection connection : taken) {
      connection.close();
    }
  }
}
