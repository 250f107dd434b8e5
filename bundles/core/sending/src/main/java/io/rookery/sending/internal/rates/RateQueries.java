// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import io.rookery.api.sending.SendingRates.Outcomes;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Reads what nodes have noted, added up over all of them. */
public final class RateQueries {

  /** The longest interval, in seconds: one that began before a window may reach into it. */
  private static final int LONGEST = 60;

  /** The part of an interval that lies in a window which began at the first parameter. */
  private static final String SHARE =
      "greatest(0, least(1, date_part('epoch', at - ?::timestamptz) / seconds + 1))";

  private static final String BY_NAME =
      """
      select name, round(sum(accepted * share))::bigint as accepted,
        round(sum(deferred * share))::bigint as deferred, round(sum(failed * share))::bigint as failed,
        round(sum(in_doubt * share))::bigint as in_doubt
      from (select *, %s as share from tenant.sending_rate
            where tenant_id = ? and kind = ? and mode = any(?) and at > ?) as cut
      group by name
      order by sum((accepted + deferred + failed + in_doubt) * share) desc, name
      """
          .formatted(SHARE);

  private static final String POINTS =
      """
      select to_timestamp(floor(date_part('epoch', at) / ?) * ?) as point,
        sum(accepted) as accepted, sum(deferred) as deferred, sum(failed) as failed,
        sum(in_doubt) as in_doubt
      from tenant.sending_rate
      where tenant_id = ? and kind = 'tenant' and mode = any(?) and at >= ?
      group by 1
      """;

  /** Returns the outcomes since a moment by name, the name with most first. */
  Map<String, Outcomes> byName(Tx tx, String kind, Instant since) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(BY_NAME)) {
      select.setObject(1, since.atOffset(ZoneOffset.UTC));
      select.setObject(2, tx.context().tenantId());
      select.setString(3, kind);
      select.setArray(4, tx.connection().createArrayOf("text", modes(tx)));
      select.setObject(5, since.minusSeconds(LONGEST).atOffset(ZoneOffset.UTC));
      try (ResultSet rows = select.executeQuery()) {
        Map<String, Outcomes> found = new LinkedHashMap<>();
        while (rows.next()) {
          Outcomes outcomes = outcomes(rows);
          if (outcomes.all() > 0) {
            found.put(rows.getString("name"), outcomes);
          }
        }
        return found;
      }
    }
  }

  /** Returns the tenant's outcomes by the moment at which their point began. */
  Map<Instant, Outcomes> points(Tx tx, Instant since, Duration point) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(POINTS)) {
      select.setLong(1, point.toSeconds());
      select.setLong(2, point.toSeconds());
      select.setObject(3, tx.context().tenantId());
      select.setArray(4, tx.connection().createArrayOf("text", modes(tx)));
      select.setObject(5, since.atOffset(ZoneOffset.UTC));
      try (ResultSet rows = select.executeQuery()) {
        Map<Instant, Outcomes> found = new HashMap<>();
        while (rows.next()) {
          found.put(rows.getTimestamp("point").toInstant(), outcomes(rows));
        }
        return found;
      }
    }
  }

  /** A test key sees what was made in test mode alone. */
  private static Object[] modes(Tx tx) {
    return tx.context().mode() == Mode.TEST ? new Object[] {"test"} : new Object[] {"live", "test"};
  }

  /** Returns how many messages of each mailbox were accepted within the last minute. */
  public Map<UUID, Long> acceptedLastMinute(Tx tx, Instant now) throws SQLException {
    Map<UUID, Long> accepted = new HashMap<>();
    byName(tx, RateRow.MAILBOX, now.minusSeconds(60))
        .forEach((name, outcomes) -> accepted.put(UUID.fromString(name), outcomes.accepted()));
    return accepted;
  }

  private static Outcomes outcomes(ResultSet row) throws SQLException {
    return new Outcomes(
        row.getLong("accepted"),
        row.getLong("deferred"),
        row.getLong("failed"),
        row.getLong("in_doubt"));
  }
}
