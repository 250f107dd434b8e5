// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans as rows; a limit that is null is none. */
final class PlanRows {

  static final String COLUMNS =
      "p.code, p.name, p.rank, p.offered, p.currency, p.month_price, p.year_price, p.emails,"
          + " p.users, p.workspaces, p.domains, p.requests_per_minute, p.request_burst";

  private static final int FIRST_LIMIT = 8;

  private static final String PUT =
      """
      insert into platform.plan as p (code, name, rank, offered, currency, month_price, year_price,
        emails, users, workspaces, domains, requests_per_minute, request_burst)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (code) do update set name = excluded.name, rank = excluded.rank,
        offered = excluded.offered, currency = excluded.currency,
        month_price = excluded.month_price, year_price = excluded.year_price,
        emails = excluded.emails, users = excluded.users, workspaces = excluded.workspaces,
        domains = excluded.domains, requests_per_minute = excluded.requests_per_minute,
        request_burst = excluded.request_burst
      """;

  private PlanRows() {}

  static List<Plan> all(Connection connection) throws SQLException {
    String sql = "select " + COLUMNS + " from platform.plan p order by p.rank, p.code";
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      List<Plan> plans = new ArrayList<>();
      while (rows.next()) {
        plans.add(plan(rows));
      }
      return plans;
    }
  }

  static Optional<Plan> find(Connection connection, String code) throws SQLException {
    String sql = "select " + COLUMNS + " from platform.plan p where p.code = ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, code);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(plan(row)) : Optional.empty();
      }
    }
  }

  /** Reads the {@link #COLUMNS}, which come first. */
  static Plan plan(ResultSet row) throws SQLException {
    Map<Entitlement, Long> limits = new EnumMap<>(Entitlement.class);
    for (Entitlement entitlement : Entitlement.values()) {
      Long limit = row.getObject(FIRST_LIMIT + entitlement.ordinal(), Long.class);
      if (limit != null) {
        limits.put(entitlement, limit);
      }
    }
    String currency = row.getString(5);
    return new Plan(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        row.getBoolean(4),
        limits,
        currency == null ? null : new Plan.Price(currency, row.getLong(6), row.getLong(7)));
  }

  static void put(Connection connection, Plan plan) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      put.setString(1, plan.code());
      put.setString(2, plan.name());
      put.setInt(3, plan.rank());
      put.setBoolean(4, plan.offered());
      Plan.Price price = plan.price();
      put.setString(5, price == null ? null : price.currency());
      put.setObject(6, price == null ? null : price.month(), Types.BIGINT);
      put.setObject(7, price == null ? null : price.year(), Types.BIGINT);
      for (Entitlement entitlement : Entitlement.values()) {
        put.setObject(
            FIRST_LIMIT + entitlement.ordinal(), plan.limits().get(entitlement), Types.BIGINT);
      }
      put.executeUpdate();
    }
  }
}
