// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.kernel.Tx;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What lanes remember of failures to reach their servers and to sign in there. */
public final class AccessStore {

  /**
   * A lane's memory.
   *
   * @param failures when it failed lately, the earliest first
   * @param pauses how many pauses came of failures since it last worked
   */
  public record Memory(List<Instant> failures, int pauses) {

    /** Copies the moments. */
    public Memory {
      failures = List.copyOf(failures);
    }
  }

  /** Returns what a lane remembers, and holds its row until the transaction ends. */
  public Memory lock(Tx tx, UUID laneId) throws SQLException {
    String sql =
        """
        select access_failures, access_pauses from tenant.lane
        where tenant_id = ? and id = ? for update
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, laneId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Memory(moments(row.getArray("access_failures")), row.getInt("access_pauses"))
            : new Memory(List.of(), 0);
      }
    }
  }

  private static List<Instant> moments(Array array) throws SQLException {
    List<Instant> moments = new ArrayList<>();
    for (Timestamp moment : (Timestamp[]) array.getArray()) {
      moments.add(moment.toInstant());
    }
    return moments;
  }

  /** Writes what a lane remembers. */
  public void remember(Tx tx, UUID laneId, Memory memory) throws SQLException {
    String sql =
        """
        update tenant.lane set access_failures = ?::timestamptz[], access_pauses = ?
        where tenant_id = ? and id = ?
        """;
    Object[] moments = memory.failures().stream().map(Instant::toString).toArray();
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setArray(1, tx.connection().createArrayOf("text", moments));
      update.setInt(2, memory.pauses());
      update.setObject(3, tx.context().tenantId());
      update.setObject(4, laneId);
      update.executeUpdate();
    }
  }

  /** Has a lane that works remember nothing. */
  public void forget(Tx tx, UUID laneId) throws SQLException {
    String sql =
        """
        update tenant.lane set access_failures = '{}', access_pauses = 0
        where tenant_id = ? and id = ? and (access_pauses > 0 or access_failures <> '{}')
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, tx.context().tenantId());
      update.setObject(2, laneId);
      update.executeUpdate();
    }
  }
}
