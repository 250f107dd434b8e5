// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

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

/** The pairs of hosts' keys that were rotated or revoked by an incident. */
@Component
public final class CompromisedKeys implements CompromisedVersions {

  private static final String SELECT =
      """
      select 'ssh/' || k.host_id || '/' || k.role, v.number, v.incident_id
      from tenant.host_key_version v
        join tenant.host_key k on k.tenant_id = v.tenant_id and k.id = v.key_id
      where v.tenant_id = ? and v.incident_id is not null""";

  /** Knows them once the tables are there. */
  @Activate
  public CompromisedKeys(@Reference(target = "(area=hosts)") Schema schema) {}

  @Override
  public Map<String, Map<Integer, String>> of(Tx tx) throws SQLException {
    Map<String, Map<Integer, String>> found = new HashMap<>();
    try (PreparedStatement select = tx.connection().prepareStatement(SELECT)) {
      select.setObject(1, tx.context().tenantId());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found
              .computeIfAbsent(row.getString(1), reference -> new HashMap<>())
              .put(row.getInt(2), row.getString(3));
        }
      }
    }
    return found;
  }
}
