// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What nodes were granted of the minutes' budgets; for the platform's own role. */
final class DomainBudgetStore {

  // An upsert locks its row, so nodes are granted one after the other; in the order of domains, so
  // that two nodes do not wait for each other. What was granted now is last_grant.
  private static final String GRANT =
      """
      insert into platform.domain_budget as b (server, domain, minute, cap, granted, last_grant)
      select ?, w.domain, ?, w.cap, least(w.wanted, w.cap), least(w.wanted, w.cap)
      from unnest(?::text[], ?::int[], ?::int[]) as w(domain, wanted, cap) order by w.domain
      on conflict (server, domain, minute) do update set cap = excluded.cap,
        granted = b.granted + greatest(0, least(excluded.last_grant, excluded.cap - b.granted)),
        last_grant = greatest(0, least(excluded.last_grant, excluded.cap - b.granted))
      returning domain, last_grant
      """;

  /** Grants as much as there is of what is wanted; returns it by domain. */
  Map<String, Integer> grant(
      Connection system, String server, long minute, Map<String, Integer> wanted, DomainCaps caps)
      throws SQLException {
    List<String> domains = List.copyOf(wanted.keySet());
    try (PreparedStatement upsert = system.prepareStatement(GRANT)) {
      upsert.setString(1, server);
      upsert.setLong(2, minute);
      upsert.setArray(3, system.createArrayOf("text", domains.toArray()));
      upsert.setArray(4, system.createArrayOf("int4", domains.stream().map(wanted::get).toArray()));
      upsert.setArray(5, system.createArrayOf("int4", domains.stream().map(caps::cap).toArray()));
      try (ResultSet rows = upsert.executeQuery()) {
        Map<String, Integer> granted = new HashMap<>();
        while (rows.next()) {
          granted.put(rows.getString("domain"), rows.getInt("last_grant"));
        }
        return granted;
      }
    }
  }

  /** Removes the minutes before one. */
  void sweep(Connection system, long before) throws SQLException {
    try (PreparedStatement delete =
        system.prepareStatement("delete from platform.domain_budget where minute < ?")) {
      delete.setLong(1, before);
      delete.executeUpdate();
    }
  }
}
