// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import io.rookery.kernel.Uuids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Notes what a node counted; for the platform's own role. */
final class RateStore {

  private static final String ADD =
      """
      insert into tenant.sending_rate as r (tenant_id, id, node, kind, name, mode, at, seconds,
        accepted, deferred, failed, in_doubt, in_flight, updated_at)
      select u.tenant, u.id, ?, u.kind, u.name, u.mode, u.at::timestamptz, u.seconds,
        u.accepted, u.deferred, u.failed, u.in_doubt, u.in_flight, ?
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[],
        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::int[])
        as u(tenant, id, kind, name, mode, at, seconds, accepted, deferred, failed, in_doubt,
          in_flight)
      on conflict (tenant_id, kind, mode, at, name, node) do update set
        accepted = r.accepted + excluded.accepted, deferred = r.deferred + excluded.deferred,
        failed = r.failed + excluded.failed, in_doubt = r.in_doubt + excluded.in_doubt,
        in_flight = excluded.in_flight, updated_at = excluded.updated_at
      """;

  /** Adds rows to the intervals of a moment, in one statement. */
  void add(Connection system, String node, Instant now, List<RateRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = system.prepareStatement(ADD)) {
      upsert.setString(1, node);
      upsert.setObject(2, now.atOffset(ZoneOffset.UTC));
      column(upsert, 3, "uuid", rows, row -> row.key().tenantId());
      column(upsert, 4, "uuid", rows, row -> Uuids.next());
      column(upsert, 5, "text", rows, row -> row.key().kind());
      column(upsert, 6, "text", rows, row -> row.key().name());
      column(upsert, 7, "text", rows, row -> row.key().test() ? "test" : "live");
      column(upsert, 8, "text", rows, row -> begin(now, row.key().seconds()).toString());
      column(upsert, 9, "int4", rows, row -> row.key().seconds());
      for (RateMeter.Kind kind : RateMeter.Kind.values()) {
        column(upsert, 10 + kind.ordinal(), "int8", rows, row -> row.counts()[kind.ordinal()]);
      }
      column(upsert, 14, "int4", rows, RateRow::inFlight);
      upsert.executeUpdate();
    }
  }

  private static void column(
      PreparedStatement statement,
      int index,
      String type,
      List<RateRow> rows,
      Function<RateRow, Object> part)
      throws SQLException {
    Object[] values = rows.stream().map(part).toArray();
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }

  /** Returns when the interval that a moment is in began. */
  static Instant begin(Instant moment, int seconds) {
    return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), seconds) * seconds);
  }

  /** Removes intervals that began before a moment. */
  void sweep(Connection system, Instant before) throws SQLException {
    try (PreparedStatement delete =
        system.prepareStatement("delete from tenant.sending_rate where at < ?")) {
      delete.setObject(1, before.atOffset(ZoneOffset.UTC));
      delete.executeUpdate();
    }
  }
}
