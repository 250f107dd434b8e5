// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Select;
import io.rookery.persistence.internal.tx.TenantSetting.Plans;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * A transaction of one statement in one round trip: the setting of the tenant and the statement go
 * to the server together. What comes to it up to the next Sync is one transaction, so the setting
 * ends with it, whether it succeeds or fails (PostgreSQL manual, message flow, pipelining). With
 * begin and commit of their own they take three round trips.
 *
 * <p>Should the driver send a Sync between the two after all, the statement runs without a tenant,
 * and row-level security shows it nothing: who finds nothing has to ask in the other way.
 */
final class SingleRead {

  private SingleRead() {}

  static <R> List<R> run(DataSource source, TenantContext context, Select<R> select)
      throws SQLException {
    try (Connection connection = source.getConnection()) {
      if (!connection.getAutoCommit()) {
        throw new IllegalStateException("The setting would outlive the statement");
      }
      return run(connection, context, select);
    }
  }

  private static <R> List<R> run(Connection connection, TenantContext context, Select<R> select)
      throws SQLException {
    TenantSetting setting = new TenantSetting(context, Plans.BY_INDEX);
    try (PreparedStatement both =
        connection.prepareStatement(setting.sql() + ";\n" + select.sql())) {
      select.bind(both, setting.bind(both));
      both.execute();
      try (ResultSet row = both.getResultSet()) {
        setting.verify(row);
      }
      both.getMoreResults();
      try (ResultSet rows = both.getResultSet()) {
        return select.read(rows);
      }
    }
  }
}
