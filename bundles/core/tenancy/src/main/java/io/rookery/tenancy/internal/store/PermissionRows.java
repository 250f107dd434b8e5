// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.api.tenancy.TenantPermissions.Grant;
import io.rookery.api.tenancy.TenantPermissions.Permission;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What tenants are permitted, as rows. */
public final class PermissionRows {

  private static final String INSERT =
      """
      insert into tenant.tenant_permission (tenant_id, id, permission, granted_by, granted_at)
      values (?, ?, ?, ?, ?) on conflict (tenant_id, permission) do nothing
      """;
  private static final String DELETE =
      "delete from tenant.tenant_permission where tenant_id = ? and permission = ? returning id";
  private static final String SELECT =
      """
      select id, permission, granted_by, granted_at from tenant.tenant_permission
      where tenant_id = ? order by permission
      """;
  private static final String HOLDS =
      "select 1 from tenant.tenant_permission where tenant_id = ? and permission = ?";

  private PermissionRows() {}

  /** Adds a permission; returns whether it was missing. */
  public static boolean insert(Tx tx, Grant grant) throws SQLException {
    try (PreparedStatement insert = tx.connection().prepareStatement(INSERT)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, grant.id());
      insert.setString(3, word(grant.permission()));
      insert.setString(4, grant.grantedBy());
      insert.setObject(5, grant.grantedAt().atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  /** Removes a permission; returns the id that it had, or empty where it was missing. */
  public static Optional<UUID> delete(Tx tx, Permission permission) throws SQLException {
    try (PreparedStatement delete = tx.connection().prepareStatement(DELETE)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setString(2, word(permission));
      try (ResultSet row = delete.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }

  /** Returns the tenant's permissions by name. */
  public static List<Grant> list(Tx tx) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(SELECT)) {
      select.setObject(1, tx.context().tenantId());
      try (ResultSet row = select.executeQuery()) {
        List<Grant> grants = new ArrayList<>();
        while (row.next()) {
          grants.add(
              new Grant(
                  row.getObject("id", UUID.class),
                  Permission.valueOf(row.getString("permission").toUpperCase(Locale.ROOT)),
                  row.getString("granted_by"),
                  row.getTimestamp("granted_at").toInstant()));
        }
        return grants;
      }
    }
  }

  /** Returns whether the tenant has a permission. */
  public static boolean holds(Tx tx, Permission permission) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(HOLDS)) {
      select.setObject(1, tx.context().tenantId());
      select.setString(2, word(permission));
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static String word(Permission permission) {
    return permission.name().toLowerCase(Locale.ROOT);
  }
}
