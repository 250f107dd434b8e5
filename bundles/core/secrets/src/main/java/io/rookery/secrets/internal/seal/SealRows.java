// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.seal;

import io.rookery.api.secrets.TenantSeals.Seal;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Seals of tenants, as rows. */
public final class SealRows {

  private static final String INSERT =
      """
      insert into tenant.secret_seal (tenant_id, id, reason, sealed_by, sealed_at)
      values (?, ?, ?, ?, ?) on conflict (tenant_id) do nothing
      """;
  private static final String DELETE =
      "delete from tenant.secret_seal where tenant_id = ? returning id";
  private static final String SELECT =
      "select id, reason, sealed_by, sealed_at from tenant.secret_seal where tenant_id = ?";

  private SealRows() {}

  /** Adds a seal; returns whether there was none. */
  static boolean insert(Tx tx, Seal seal) throws SQLException {
    try (PreparedStatement insert = tx.connection().prepareStatement(INSERT)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, seal.id());
      insert.setString(3, seal.reason());
      insert.setString(4, seal.sealedBy());
      insert.setObject(5, seal.sealedAt().atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  /** Removes the tenant's seal; returns the id that it had. */
  static Optional<UUID> delete(Tx tx) throws SQLException {
    try (PreparedStatement delete = tx.connection().prepareStatement(DELETE)) {
      delete.setObject(1, tx.context().tenantId());
      try (ResultSet row = delete.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }

  /** Returns the tenant's seal, or empty. */
  public static Optional<Seal> find(Tx tx) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(SELECT)) {
      select.setObject(1, tx.context().tenantId());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Seal(
                    row.getObject("id", UUID.class),
                    row.getString("reason"),
                    row.getString("sealed_by"),
                    row.getObject("sealed_at", OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }
}
