// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.start;

import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.server.EmbeddedServer;

/**
 * A database that is ready, and the server behind it.
 *
 * @param database the database
 * @param server our own server, or null where the operator runs one
 */
record Opened(Database database, EmbeddedServer server) implements AutoCloseable {

  /** Starts our own server again if it died, on another port if need be. */
  void keepAlive() {
    if (server != null && server.revive()) {
      database.moveTo(server.port());
    }
  }

  @Override
  public void close() {
    database.close();
    if (server != null) {
      server.close();
    }
  }
}
