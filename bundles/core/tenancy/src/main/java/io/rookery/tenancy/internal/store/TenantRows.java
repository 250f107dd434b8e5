// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.Tx;
import io.rookery.tenancy.internal.workspace.WorkspaceRows;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;

/** Tenants' own rows, written so that a repeat does no harm: two nodes may do it at a time. */
public final class TenantRows {

  private static final String INSERT =
      "insert into tenant.tenant (tenant_id, id, slug, name, postal_address, status, weight,"
          + " created_at, version) values (?, ?, ?, ?, ?, 'active', ?, ?, ?)"
          + " on conflict (tenant_id, id) do nothing";

  private TenantRows() {}

  /**
   * Writes the row of a new tenant and its main workspace in a transaction of its own; returns
   * whether it was missing.
   */
  public static boolean insert(Tx tx, Tenant tenant) throws SQLException {
    if (!insertOwn(tx, tenant)) {
      return false;
    }
    WorkspaceRows.insertMain(tx, tenant.createdAt());
    return true;
  }

  private static boolean insertOwn(Tx tx, Tenant tenant) throws SQLException {
    try (PreparedStatement insert = tx.connection().prepareStatement(INSERT)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, tenant.id());
      insert.setString(3, tenant.slug());
      insert.setString(4, tenant.name());
      insert.setString(5, tenant.postalAddress());
      insert.setInt(6, tenant.weight());
      insert.setObject(7, tenant.createdAt().atOffset(ZoneOffset.UTC));
      insert.setLong(8, tenant.version());
      return insert.executeUpdate() == 1;
    }
  }
}
