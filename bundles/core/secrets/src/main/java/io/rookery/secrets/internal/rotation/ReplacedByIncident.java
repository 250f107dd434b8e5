// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.CompromisedVersions;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The versions that were replaced in an emergency, or were to be: one that is in use again, as its
 * replacement failed, is no less compromised.
 */
@Component
public final class ReplacedByIncident implements CompromisedVersions {

  private static final String SELECT =
      """
      select reference, old_version, incident_id from tenant.rotation
      where tenant_id = ? and incident_id is not null and old_version > 0 order by id""";

  /** Knows them once the tables are there. */
  @Activate
  public ReplacedByIncident(@Reference(target = "(area=secrets)") Schema schema) {}

  @Override
  public Map<String, Map<Integer, String>> of(Tx tx) throws SQLException {
    Map<String, Map<Integer, String>> found = new HashMap<>();
    try (PreparedStatement select = tx.connection().prepareStatement(SELECT)) {
      select.setObject(1, tx.context().tenantId());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(row.getString(1), reference -> new HashMap<>())
              .putIfAbsent(row.getInt(2), row.getString(3));
        }
      }
    }
    return found;
  }
}
