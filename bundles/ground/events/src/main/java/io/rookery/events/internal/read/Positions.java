// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Reads places in the log from rows. */
final class Positions {

  private Positions() {}

  /** Reads incarnation, transaction and id from three columns, the first of them given. */
  static LogPosition read(ResultSet row, int column) throws SQLException {
    return new LogPosition(
        row.getInt(column),
        Long.parseLong(row.getString(column + 1)),
        row.getObject(column + 2, UUID.class));
  }
}
