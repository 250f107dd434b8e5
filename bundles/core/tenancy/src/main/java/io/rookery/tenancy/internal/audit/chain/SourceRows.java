// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.chain;

import io.rookery.events.Event;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** From where events came, kept from when they are appended until they are chained. */
public final class SourceRows {

  private static final int LONGEST = 100;
  private static final String PUT =
      """
      insert into tenant.audit_source (tenant_id, event_id, source)
      select ?, e.id, ? from unnest(?::uuid[]) as e (id)""";
  private static final String TAKE =
      """
      delete from tenant.audit_source where tenant_id = ? and event_id = any (?)
      returning event_id, source""";

  private SourceRows() {}

  /** Keeps the source of the transaction's context for events. */
  public static void put(Tx tx, List<UUID> eventIds) throws SQLException {
    String source = tx.context().source();
    try (PreparedStatement put = tx.connection().prepareStatement(PUT)) {
      put.setObject(1, tx.context().tenantId());
      put.setString(2, source.substring(0, Math.min(LONGEST, source.length())));
      put.setArray(3, tx.connection().createArrayOf("uuid", eventIds.toArray()));
      put.executeUpdate();
    }
  }

  /** Takes the sources of events away and returns one for each. */
  static Map<UUID, Source> take(Tx tx, List<Event> events) throws SQLException {
    Map<UUID, Source> sources = new HashMap<>();
    events.forEach(event -> sources.put(event.id(), word(event.actor())));
    try (PreparedStatement take = tx.connection().prepareStatement(TAKE)) {
      take.setObject(1, tx.context().tenantId());
      take.setArray(
          2, tx.connection().createArrayOf("uuid", events.stream().map(Event::id).toArray()));
      try (ResultSet row = take.executeQuery()) {
        while (row.next()) {
          sources.put(row.getObject(1, UUID.class), Source.address(row.getString(2)));
        }
      }
    }
    return sources;
  }

  /** An operator who comes from no address sits at the shell; the platform is its own source. */
  private static Source word(String actor) {
    if (actor.startsWith("operator:")) {
      return Source.word("shell");
    }
    return actor.startsWith("system:") ? Source.word("platform") : Source.UNKNOWN;
  }
}
