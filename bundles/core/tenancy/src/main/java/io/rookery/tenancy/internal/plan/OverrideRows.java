// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Entitlement;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The operator's limits for single tenants, as rows; null is none. */
final class OverrideRows {

  private static final String ALL =
      "select entitlement, most from tenant.entitlement_override where tenant_id = ?";
  private static final String PUT =
      """
      insert into tenant.entitlement_override as o (tenant_id, id, entitlement, most, set_by, set_at)
      values (?, ?, ?, ?, ?, ?)
      on conflict (tenant_id, entitlement) do update
        set most = excluded.most, set_by = excluded.set_by, set_at = excluded.set_at
      where o.most is distinct from excluded.most
      returning id
      """;
  private static final String REMOVE =
      "delete from tenant.entitlement_override where tenant_id = ? and entitlement = ? returning id";

  private OverrideRows() {}

  static Map<Entitlement, Optional<Long>> all(Tx tx) throws SQLException {
    try (PreparedStatement query = tx.connection().prepareStatement(ALL)) {
      query.setObject(1, tx.context().tenantId());
      try (ResultSet rows = query.executeQuery()) {
        Map<Entitlement, Optional<Long>> overrides = new EnumMap<>(Entitlement.class);
        while (rows.next()) {
          overrides.put(
              Entitlement.valueOf(rows.getString(1).toUpperCase(Locale.ROOT)),
              Optional.ofNullable(rows.getObject(2, Long.class)));
        }
        return overrides;
      }
    }
  }

  /** Sets a limit; returns the row's id where that changed anything. */
  static Optional<UUID> put(Tx tx, Entitlement entitlement, Long most, Setting setting)
      throws SQLException {
    try (PreparedStatement put = tx.connection().prepareStatement(PUT)) {
      put.setObject(1, tx.context().tenantId());
      put.setObject(2, setting.id());
      put.setString(3, text(entitlement));
      put.setObject(4, most, Types.BIGINT);
      put.setString(5, setting.by());
      put.setObject(6, setting.at().atOffset(ZoneOffset.UTC));
      return id(put);
    }
  }

  /** Removes a limit; returns the id that its row had, where there was one. */
  static Optional<UUID> remove(Tx tx, Entitlement entitlement) throws SQLException {
    try (PreparedStatement remove = tx.connection().prepareStatement(REMOVE)) {
      remove.setObject(1, tx.context().tenantId());
      remove.setString(2, text(entitlement));
      return id(remove);
    }
  }

  private static Optional<UUID> id(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
    }
  }

  private static String text(Entitlement entitlement) {
    return entitlement.name().toLowerCase(Locale.ROOT);
  }

  /** Who set a limit and when. */
  record Setting(UUID id, String by, Instant at) {}
}
