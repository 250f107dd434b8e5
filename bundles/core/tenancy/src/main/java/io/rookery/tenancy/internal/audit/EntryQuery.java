// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.audit.AuditLog.Filter;
import io.rookery.kernel.Tx;
import io.rookery.tenancy.internal.audit.chain.Entry;
import io.rookery.tenancy.internal.audit.chain.EntryRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A query for entries by number that a filter narrows. */
final class EntryQuery {

  private final StringBuilder sql =
      new StringBuilder("select ")
          .append(EntryRows.COLUMNS)
          .append(" from tenant.audit_entry where tenant_id = ?");
  private final List<Object> values = new ArrayList<>();

  private EntryQuery(Filter filter) {
    Filter wanted = filter == null ? Filter.ALL : filter;
    and("type = ?", wanted.type());
    and("actor = ?", wanted.actor());
    and("subject_id = ?", wanted.subjectId());
    and(
        "outcome = ?",
        wanted.outcome() == null ? null : wanted.outcome().name().toLowerCase(Locale.ROOT));
    and("occurred_at >= ?", time(wanted.from()));
    and("occurred_at < ?", time(wanted.until()));
  }

  /** The newest entries below a number. */
  static EntryQuery newest(Filter filter, long below, int limit) {
    return new EntryQuery(filter).and("seq < ?", below).end(" order by seq desc limit ?", limit);
  }

  /** The oldest entries beyond a number, up to another. */
  static EntryQuery oldest(Filter filter, long beyond, long last, int limit) {
    return new EntryQuery(filter)
        .and("seq > ?", beyond)
        .and("seq <= ?", last)
        .end(" order by seq limit ?", limit);
  }

  private static Object time(Instant moment) {
    return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
  }

  private EntryQuery and(String condition, Object value) {
    if (value != null) {
      sql.append(" and ").append(condition);
      values.add(value);
    }
    return this;
  }

  private EntryQuery end(String order, int limit) {
    sql.append(order);
    values.add(limit);
    return this;
  }

  List<Entry> run(Tx tx) throws SQLException {
    try (PreparedStatement query = tx.connection().prepareStatement(sql.toString())) {
      query.setObject(1, tx.context().tenantId());
      for (int i = 0; i < values.size(); i++) {
        query.setObject(i + 2, values.get(i));
      }
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          entries.add(EntryRows.entry(row));
        }
      }
      return entries;
    }
  }
}
