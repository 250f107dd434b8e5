// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.DeadLetters.Reason;
import io.rookery.api.sending.SendingQueue;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.store.SendingQueries;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Finds dead letters by their own indexes; the state is written out, so that these can be used. */
final class DeadLetterStore {

  private static final int REASONS = 100;

  /** Returns dead letters, newest first, beyond an id, which may be null. */
  List<Message> list(Tx tx, Filter filter, UUID beyond, int limit) throws SQLException {
    Query query = new Query(tx, filter);
    if (beyond != null) {
      query.and("id < ?", beyond);
    }
    String sql = SendingQueries.columns() + query.where() + " order by id desc limit ?";
    try (PreparedStatement select = query.prepare(sql, limit);
        ResultSet rows = select.executeQuery()) {
      List<Message> found = new ArrayList<>();
      while (rows.next()) {
        found.add(SendingQueries.message(rows));
      }
      return found;
    }
  }

  /** Returns the most frequent reasons, each with what was said of one message. */
  List<Reason> reasons(Tx tx, Filter filter) throws SQLException {
    Query query = new Query(tx, filter);
    String sql =
        """
        select reply_code, enhanced_code, count(*) as count, max(detail) as detail,
          (array_agg(id order by id desc))[1] as newest
        from (select id, reply_code, enhanced_code, detail from tenant.message %s
              order by id desc limit %d) as newest
        group by reply_code, enhanced_code
        order by count(*) desc, reply_code, enhanced_code limit ?
        """
            .formatted(query.where(), SendingQueue.COUNTED);
    try (PreparedStatement select = query.prepare(sql, REASONS);
        ResultSet rows = select.executeQuery()) {
      List<Reason> reasons = new ArrayList<>();
      while (rows.next()) {
        reasons.add(
            new Reason(
                rows.getInt("reply_code"),
                rows.getString("enhanced_code"),
                rows.getString("detail"),
                rows.getLong("count"),
                rows.getObject("newest", UUID.class)));
      }
      return reasons;
    }
  }

  /** Returns how many died before a moment. */
  long count(Tx tx, Filter filter, Instant before) throws SQLException {
    Query query = new Query(tx, filter).and("finished_at < ?", before.atOffset(ZoneOffset.UTC));
    String sql = "select count(*) from tenant.message" + query.where();
    try (PreparedStatement select = query.prepare(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Returns the ids of some that died before a moment, in order of their ids, beyond one. */
  List<UUID> next(Tx tx, Filter filter, Stretch stretch) throws SQLException {
    Query query =
        new Query(tx, filter)
            .and("finished_at < ?", stretch.before().atOffset(ZoneOffset.UTC))
            .and("id > ?", stretch.beyond());
    String sql = "select id from tenant.message" + query.where() + " order by id limit ?";
    try (PreparedStatement select = query.prepare(sql, stretch.limit());
        ResultSet rows = select.executeQuery()) {
      List<UUID> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
      return ids;
    }
  }

  /** Which part of all dead letters: those that died before a moment, with ids beyond one. */
  record Stretch(Instant before, UUID beyond, int limit) {}

  /** A filter as conditions and their values. */
  private static final class Query {
    private final Tx tx;
    private final StringBuilder where = new StringBuilder(" where tenant_id = ?");
    private final List<Object> values = new ArrayList<>();

    Query(Tx tx, Filter filter) {
      this.tx = tx;
      values.add(tx.context().tenantId());
      where.append(" and state = '").append(filter.kind().name().toLowerCase(Locale.ROOT));
      where.append('\'').append(SendingQueries.seen(tx));
      narrow("campaign_id = ?", filter.campaignId());
      narrow("lane_id = ?", filter.mailboxId());
      narrow("reply_code = ?", filter.code());
      if ("".equals(filter.enhancedCode())) {
        where.append(" and enhanced_code is null");
      } else {
        narrow("enhanced_code = ?", filter.enhancedCode());
      }
    }

    private void narrow(String condition, Object value) {
      if (value != null) {
        and(condition, value);
      }
    }

    Query and(String condition, Object value) {
      where.append(" and ").append(condition);
      values.add(value);
      return this;
    }

    String where() {
      return where.toString();
    }

    PreparedStatement prepare(String sql, Object... further) throws SQLException {
      List<Object> all = new ArrayList<>(values);
      all.addAll(List.of(further));
      PreparedStatement statement = tx.connection().prepareStatement(sql);
      for (int i = 0; i < all.size(); i++) {
        statement.setObject(i + 1, all.get(i));
      }
      return statement;
    }
  }
}
