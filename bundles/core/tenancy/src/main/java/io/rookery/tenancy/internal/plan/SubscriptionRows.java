// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Subscription.Interval;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Subscriptions as rows; a tenant without one has the default plan. */
final class SubscriptionRows {

  private static final String FIND =
      """
      select plan, billing_interval, since, anchor, next_plan, next_interval, due_at, version
      from tenant.subscription where tenant_id = ? and id = tenant_id
      """;
  private static final String PUT =
      """
      insert into tenant.subscription as s (tenant_id, id, plan, billing_interval, since, anchor,
        next_plan, next_interval, due_at, version)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (tenant_id, id) do update set plan = excluded.plan,
        billing_interval = excluded.billing_interval, since = excluded.since,
        anchor = excluded.anchor, next_plan = excluded.next_plan,
        next_interval = excluded.next_interval, due_at = excluded.due_at,
        version = excluded.version
      """;
  private static final String DUE =
      "select tenant_id from tenant.subscription where due_at <= ? order by due_at limit ?";

  private SubscriptionRows() {}

  /** Returns the tenant's row. */
  static Optional<SubscriptionRow> find(Tx tx) throws SQLException {
    return find(tx, FIND);
  }

  /** Returns the tenant's row, locked until the transaction ends. */
  static Optional<SubscriptionRow> lock(Tx tx) throws SQLException {
    return find(tx, FIND + " for update");
  }

  private static Optional<SubscriptionRow> find(Tx tx, String sql) throws SQLException {
    try (PreparedStatement query = tx.connection().prepareStatement(sql)) {
      query.setObject(1, tx.context().tenantId());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row(row)) : Optional.empty();
      }
    }
  }

  private static SubscriptionRow row(ResultSet row) throws SQLException {
    return new SubscriptionRow(
        row.getString(1),
        interval(row.getString(2)),
        instant(row, 3),
        instant(row, 4),
        row.getString(5),
        interval(row.getString(6)),
        instant(row, 7),
        row.getLong(8));
  }

  private static Interval interval(String text) {
    return text == null ? null : Interval.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static void put(Tx tx, SubscriptionRow row) throws SQLException {
    try (PreparedStatement put = tx.connection().prepareStatement(PUT)) {
      put.setObject(1, tx.context().tenantId());
      put.setObject(2, tx.context().tenantId());
      put.setString(3, row.plan());
      put.setString(4, text(row.interval()));
      put.setObject(5, row.since().atOffset(ZoneOffset.UTC));
      put.setObject(6, row.anchor().atOffset(ZoneOffset.UTC));
      put.setString(7, row.nextPlan());
      put.setString(8, text(row.nextInterval()));
      put.setObject(
          9,
          row.dueAt() == null ? null : row.dueAt().atOffset(ZoneOffset.UTC),
          Types.TIMESTAMP_WITH_TIMEZONE);
      put.setLong(10, row.version());
      put.executeUpdate();
    }
  }

  private static String text(Interval interval) {
    return interval == null ? null : interval.name().toLowerCase(Locale.ROOT);
  }

  /** Returns tenants whose change is due, by the platform's sight. */
  static List<UUID> due(Connection system, Instant now, int limit) throws SQLException {
    try (PreparedStatement query = system.prepareStatement(DUE)) {
      query.setObject(1, now.atOffset(ZoneOffset.UTC));
      query.setInt(2, limit);
      try (ResultSet rows = query.executeQuery()) {
        List<UUID> tenants = new ArrayList<>();
        while (rows.next()) {
          tenants.add(rows.getObject(1, UUID.class));
        }
        return tenants;
      }
    }
  }
}
