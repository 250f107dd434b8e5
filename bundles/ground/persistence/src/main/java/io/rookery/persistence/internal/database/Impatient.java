// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Keeps work that runs each second from waiting long for a database that went silent. */
public final class Impatient {

  private static final int MILLIS = 3_000;

  private Impatient() {}

  /** Has the connection give up after three seconds of silence, until it returns to its pool. */
  public static void limit(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, MILLIS);
  }
}
