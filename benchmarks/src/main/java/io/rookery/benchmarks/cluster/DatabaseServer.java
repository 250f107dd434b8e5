// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.cluster;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** The PostgreSQL that a cluster works on. */
public interface DatabaseServer extends AutoCloseable {

  /** Returns its port on loopback, which may be another one after a restart. */
  int port();

  /** Returns the process id of its postmaster. */
  long pid() throws IOException;

  /** Ends all of its processes as {@code kill -9} does; returns once they are dead. */
  void kill() throws IOException, InterruptedException;

  /** Has it serve again after a kill; returns once it takes connections. */
  void start() throws IOException, InterruptedException;

  /** Opens a connection of the superuser to the platform's database. */
  Connection connect() throws SQLException;

  @Override
  void close();
}
