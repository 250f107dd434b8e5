// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** The table of mailboxes' fallbacks, and which of them is in use. */
final class FallbackStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

  List<FallbackRow> list(Tx tx, UUID mailboxId) throws SQLException {
    String sql =
        """
        select id, backend, settings::text, secret_settings, version, created_at
        from tenant.mailbox_fallback where tenant_id = ? and mailbox_id = ? order by position
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, mailboxId);
      List<FallbackRow> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows));
        }
      }
      return found;
    }
  }

  private static FallbackRow row(ResultSet row) throws SQLException {
    try {
      return new FallbackRow(
          row.getObject("id", UUID.class),
          row.getString("backend"),
          JSON.readValue(row.getString("settings"), MAP),
          Set.of((String[]) row.getArray("secret_settings").getArray()),
          row.getLong("version"),
          row.getTimestamp("created_at").toInstant());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds settings that are no JSON", e);
    }
  }

  /** Puts rows in the place of a mailbox's; none removes all. */
  void replace(Tx tx, UUID mailboxId, List<FallbackRow> rows) throws SQLException {
    UUID tenantId = tx.context().tenantId();
    String remove = "delete from tenant.mailbox_fallback where tenant_id = ? and mailbox_id = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(remove)) {
      delete.setObject(1, tenantId);
      delete.setObject(2, mailboxId);
      delete.executeUpdate();
    }
    String sql =
        """
        insert into tenant.mailbox_fallback (tenant_id, id, mailbox_id, position, backend, settings,
          secret_settings, version, created_at)
        values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      for (int i = 0; i < rows.size(); i++) {
        FallbackRow row = rows.get(i);
        insert.setObject(1, tenantId);
        insert.setObject(2, row.id());
        insert.setObject(3, mailboxId);
        insert.setInt(4, i + 1);
        insert.setString(5, row.backend());
        insert.setString(6, json(row.settings()));
        insert.setArray(7, tx.connection().createArrayOf("text", row.secretSettings().toArray()));
        insert.setLong(8, row.version());
        insert.setObject(9, row.createdAt().atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static String json(Map<String, String> settings) {
    try {
      return JSON.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of strings is always JSON", e);
    }
  }

  /** Returns the fallback that a mailbox's mail goes by, or null. */
  UUID used(Tx tx, UUID mailboxId) throws SQLException {
    String sql = "select fallback_id from tenant.mailbox where tenant_id = ? and id = ?";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, mailboxId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getObject(1, UUID.class) : null;
      }
    }
  }

  /** Notes what is in use; returns the mailbox's new version where that was another before. */
  OptionalLong use(Tx tx, UUID mailboxId, UUID fallbackId) throws SQLException {
    String sql =
        """
        update tenant.mailbox set fallback_id = ?, version = version + 1
        where tenant_id = ? and id = ? and removed_at is null and fallback_id is distinct from ?
        returning version
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, fallbackId);
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, mailboxId);
      update.setObject(4, fallbackId);
      return version(update);
    }
  }

  /** Raises a mailbox's version, under its row's lock; empty where it is gone. */
  OptionalLong touch(Tx tx, UUID mailboxId) throws SQLException {
    String sql =
        """
        update tenant.mailbox set version = version + 1
        where tenant_id = ? and id = ? and removed_at is null returning version
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, tx.context().tenantId());
      update.setObject(2, mailboxId);
      return version(update);
    }
  }

  private static OptionalLong version(PreparedStatement update) throws SQLException {
    try (ResultSet row = update.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }
}
