// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal;

import io.rookery.events.Event;
import io.rookery.events.EventQuery;
import io.rookery.events.internal.read.EventRows;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Lists a tenant's events by id, as ids tell the time. The cursor is the last id that was shown.
 */
@Component
public final class EventQueryService implements EventQuery {

  private final Transactions transactions;

  /** Looks into the log once its table is there. */
  @Activate
  public EventQueryService(
      @Reference Transactions transactions, @Reference(target = "(area=events)") Schema schema) {
    this(transactions);
  }

  /** Looks into a log that is there. */
  public EventQueryService(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Page<Event> list(TenantContext context, Filter filter, PageRequest page) {
    List<Object> values = new ArrayList<>();
    String sql = sql(context, filter, page, values);
    List<Event> events = transactions.call(context, tx -> rows(tx, sql, values));
    if (events.size() <= page.limit()) {
      return new Page<>(events, null);
    }
    List<Event> shown = events.subList(0, page.limit());
    return new Page<>(shown, cursor(shown.get(shown.size() - 1).id()));
  }

  private static String sql(
      TenantContext context, Filter filter, PageRequest page, List<Object> values) {
    StringBuilder sql = new StringBuilder("select ").append(EventRows.COLUMNS);
    sql.append(" from tenant.event where tenant_id = ?");
    values.add(context.tenantId());
    if (page.cursor() != null) {
      sql.append(" and id < ?");
      values.add(id(page.cursor()));
    }
    if (filter != null && filter.type() != null) {
      sql.append(" and type = ?");
      values.add(filter.type());
    }
    if (filter != null && filter.subjectId() != null) {
      sql.append(" and subject_id = ?");
      values.add(filter.subjectId());
    }
    values.add(page.limit() + 1);
    return sql.append(" order by id desc limit ?").toString();
  }

  private static List<Event> rows(Tx tx, String sql, List<Object> values) throws SQLException {
    try (PreparedStatement statement = tx.connection().prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<Event> events = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          events.add(EventRows.event(row));
        }
      }
      return events;
    }
  }

  private static String cursor(UUID id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Uuids.toBytes(id));
  }

  private static UUID id(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length == 16) {
        return Uuids.fromBytes(bytes, 0);
      }
    } catch (IllegalArgumentException e) {
      throw notCursor(e);
    }
    throw notCursor(null);
  }

  private static RookeryException notCursor(Exception cause) {
    return new RookeryException(
        CommonErrors.INVALID_REQUEST, "The cursor is not one that a list of events gave", cause);
  }
}
