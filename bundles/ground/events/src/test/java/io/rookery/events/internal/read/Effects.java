// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.events.Event;
import io.rookery.events.EventReader;
import io.rookery.kernel.Tx;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A table that notes what readers did, doubles and order included. */
final class Effects {

  private final TestDatabase database;

  Effects(TestDatabase database) {
    this.database = database;
  }

  void create() throws SQLException {
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "create table tenant.effect (n bigint generated always as identity, tenant_id uuid,"
              + " reader text, event_id uuid)");
      statement.execute("grant select, insert on tenant.effect to rookery_app");
    }
  }

  /** Returns a reader whose effect is a row for each event. */
  EventReader reader(String name) {
    return reader(name, Set.of());
  }

  EventReader reader(String name, Set<String> types) {
    return new EventReader() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Set<String> types() {
        return types;
      }

      @Override
      public void apply(Tx tx, List<Event> events) throws SQLException {
        note(tx, name, events);
      }
    };
  }

  static void note(Tx tx, String reader, List<Event> events) throws SQLException {
    try (PreparedStatement statement =
        tx.connection()
            .prepareStatement(
                "insert into tenant.effect (tenant_id, reader, event_id)"
                    + " select ?, ?, e.id from unnest(?::uuid[]) with ordinality e (id, n)"
                    + " order by e.n")) {
      statement.setObject(1, tx.context().tenantId());
      statement.setString(2, reader);
      Object[] ids = events.stream().map(Event::id).toArray();
      statement.setArray(3, tx.connection().createArrayOf("uuid", ids));
      statement.executeUpdate();
    }
  }

  /** Returns the events that a reader applied for a tenant, as often as it did and in its order. */
  List<UUID> of(String reader, UUID tenant) {
    return ids(
        "select event_id from tenant.effect where reader = '"
            + reader
            + "' and tenant_id = '"
            + tenant
            + "' order by n");
  }

  /** Returns a tenant's events in the order of the log. */
  List<UUID> log(UUID tenant) {
    return ids(
        "select id from tenant.event where tenant_id = '"
            + tenant
            + "' order by incarnation, xid, id");
  }

  void owner(String sql) throws SQLException {
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  List<UUID> ids(String sql) {
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<UUID> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
