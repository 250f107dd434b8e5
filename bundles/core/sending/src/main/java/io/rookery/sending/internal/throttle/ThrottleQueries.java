// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.api.sending.Throttles;
import io.rookery.api.sending.Throttles.Throttle;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What people are shown of throttles. */
public final class ThrottleQueries {

  private static final int MOST = 500;

  // Counted by the index of what waits, of which a lane under a limit may have very many.
  private static final String LIST =
      """
      select t.lane_id, t.domain, t.per_minute, t.cut_at, t.hold_until, t.reply_code,
        t.enhanced_code,
        (select count(*) from (
           select 1 from tenant.message m
           where m.tenant_id = t.tenant_id and m.lane_id = t.lane_id and m.waits_for = t.domain
             and m.state = 'due' and m.waits_until = m.due_at limit ?) counted) as waiting
      from (select * from tenant.throttle where tenant_id = ?
            order by updated_at desc limit ?) t
      order by t.lane_id, t.domain
      """;

  /** Returns the tenant's throttles by mailbox and domain. */
  public List<Throttle> list(Tx tx) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(LIST)) {
      select.setInt(1, Throttles.MOST_WAITING);
      select.setObject(2, tx.context().tenantId());
      select.setInt(3, MOST);
      List<Throttle> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(throttle(rows));
        }
      }
      return found;
    }
  }

  private static Throttle throttle(ResultSet row) throws SQLException {
    String domain = row.getString("domain");
    return new Throttle(
        row.getObject("lane_id", UUID.class),
        domain.equals(LanePace.WHOLE) ? null : domain,
        row.getObject("per_minute", Double.class),
        instant(row, "cut_at"),
        instant(row, "hold_until"),
        row.getInt("reply_code"),
        row.getString("enhanced_code"),
        row.getLong("waiting"));
  }

  /** What never was is kept as the beginning of 1970. */
  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp stamp = row.getTimestamp(column);
    return stamp.getTime() == 0 ? null : stamp.toInstant();
  }
}
