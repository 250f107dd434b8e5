// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.chain;

import io.rookery.api.audit.AuditEntry.Outcome;
import io.rookery.events.Event;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Entries as rows. */
public final class EntryRows {

  /** The columns that an entry is read from. */
  public static final String COLUMNS =
      "tenant_id, seq, event_id, type, subject_id, subject_version, occurred_at, recorded_at,"
          + " actor, request_id, outcome, data, source, source_salt, source_digest, previous, hash";

  private static final String INSERT =
      """
      insert into tenant.audit_entry (tenant_id, seq, event_id, type, subject_id, subject_version,
        occurred_at, recorded_at, actor, request_id, outcome, data, source, source_salt,
        source_digest, previous, hash)
      select ?, e.* from unnest(?::bigint[], ?::uuid[], ?::text[], ?::uuid[], ?::bigint[],
        ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[]) as e""";
  private static final String KNOWN =
      "select event_id from tenant.audit_entry where tenant_id = ? and event_id = any (?)";

  private EntryRows() {}

  /** Returns the events of which the chain has no entry. */
  static List<Event> unknown(Tx tx, List<Event> events) throws SQLException {
    Set<UUID> known = new HashSet<>();
    try (PreparedStatement query = tx.connection().prepareStatement(KNOWN)) {
      query.setObject(1, tx.context().tenantId());
      query.setArray(
          2, tx.connection().createArrayOf("uuid", events.stream().map(Event::id).toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          known.add(row.getObject(1, UUID.class));
        }
      }
    }
    return events.stream().filter(event -> known.add(event.id())).toList();
  }

  /** Adds entries in one statement. */
  static void insert(Tx tx, List<Entry> entries) throws SQLException {
    Connection connection = tx.connection();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Columns columns = new Columns(connection, insert, entries);
      insert.setObject(1, tx.context().tenantId());
      columns.add("bigint", Entry::seq);
      columns.add("uuid", e -> e.content().eventId());
      columns.add("text", e -> e.content().type());
      columns.add("uuid", e -> e.content().subjectId());
      columns.add("bigint", e -> e.content().subjectVersion());
      columns.add("text", e -> e.content().occurredAt().toString());
      columns.add("text", e -> e.content().recordedAt().toString());
      columns.add("text", e -> e.content().actor());
      columns.add("text", e -> e.content().requestId());
      columns.add("text", e -> Entry.word(e.content().outcome()));
      columns.add("text", e -> e.content().data());
      columns.add("text", e -> e.source().text());
      columns.add("bytea", e -> e.source().salt());
      columns.add("bytea", e -> e.source().digest());
      columns.add("bytea", e -> e.link().previous());
      columns.add("bytea", e -> e.link().hash());
      insert.executeUpdate();
    }
  }

  /** Returns the entry of the present row. */
  public static Entry entry(ResultSet row) throws SQLException {
    Entry.Content content =
        new Entry.Content(
            row.getObject(3, UUID.class),
            row.getString(4),
            row.getObject(5, UUID.class),
            row.getLong(6),
            instant(row, 7),
            instant(row, 8),
            row.getString(9),
            row.getString(10),
            Outcome.valueOf(row.getString(11).toUpperCase(Locale.ROOT)),
            row.getString(12));
    return new Entry(
        row.getObject(1, UUID.class),
        row.getLong(2),
        content,
        new Source(row.getString(13), row.getBytes(14), row.getBytes(15)),
        new Entry.Link(row.getBytes(16), row.getBytes(17)));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** The columns of many rows, each as an array. */
  private static final class Columns {

    private final Connection connection;
    private final PreparedStatement statement;
    private final List<Entry> entries;
    private int index = 1;

    Columns(Connection connection, PreparedStatement statement, List<Entry> entries) {
      this.connection = connection;
      this.statement = statement;
      this.entries = entries;
    }

    void add(String type, Function<Entry, Object> value) throws SQLException {
      Object[] values =
          entries.stream().map(value).toArray(type.equals("bytea") ? byte[][]::new : Object[]::new);
      statement.setArray(++index, connection.createArrayOf(type, values));
    }
  }
}
