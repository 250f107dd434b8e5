// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.api.mailboxes.MailboxData.WhenInDoubt;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.kernel.Tx;
import io.rookery.mailboxes.internal.pause.Pausing;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The table of mailboxes. */
final class MailboxStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};
  private static final String SELECT =
      """
      select id, workspace_id, address, display_name, backend, settings::text, secret_settings, daily_limit,
             minimum_gap_millis, when_in_doubt, paused_reason, paused_by, paused_at, paused_until,
             pause_repeats, counted_since, ramp_from, ramp_to, ramp_days, ramp_started_at,
             created_at, version
      from tenant.mailbox where tenant_id = ? and removed_at is null
      """;

  void insert(Tx tx, MailboxRow row) throws SQLException {
    String sql =
        """
        insert into tenant.mailbox (address, address_normalised, display_name, backend, settings,
          secret_settings, daily_limit, minimum_gap_millis, when_in_doubt, paused_reason, paused_by,
          paused_at, paused_until, pause_repeats, counted_since, ramp_from, ramp_to, ramp_days,
          ramp_started_at, version, workspace_id, tenant_id, id, created_at)
        values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      bind(tx, insert, row);
      insert.setObject(24, row.createdAt().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  void update(Tx tx, MailboxRow row) throws SQLException {
    String sql =
        """
        update tenant.mailbox set address = ?, address_normalised = ?, display_name = ?, backend = ?,
          settings = ?::jsonb, secret_settings = ?, daily_limit = ?, minimum_gap_millis = ?,
          when_in_doubt = ?, paused_reason = ?, paused_by = ?, paused_at = ?, paused_until = ?,
          pause_repeats = ?, counted_since = ?, ramp_from = ?, ramp_to = ?, ramp_days = ?,
          ramp_started_at = ?, version = ?, workspace_id = ?
        where tenant_id = ? and id = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      bind(tx, update, row);
      update.executeUpdate();
    }
  }

  private static void bind(Tx tx, PreparedStatement statement, MailboxRow row) throws SQLException {
    statement.setString(1, row.address());
    statement.setString(2, row.address().toLowerCase(Locale.ROOT));
    statement.setString(3, row.displayName());
    statement.setString(4, row.backend());
    statement.setString(5, json(row.settings()));
    statement.setArray(6, tx.connection().createArrayOf("text", row.secretSettings().toArray()));
    statement.setInt(7, row.dailyLimit());
    statement.setLong(8, row.minimumGapMillis());
    statement.setString(9, row.whenInDoubt().name().toLowerCase(Locale.ROOT));
    Pausing pausing = row.pausing();
    statement.setString(10, pausing.reason());
    statement.setString(
        11, pausing.paused() ? pausing.cause().name().toLowerCase(Locale.ROOT) : null);
    statement.setObject(12, at(pausing.at()));
    statement.setObject(13, at(pausing.until()));
    statement.setInt(14, pausing.repeats());
    statement.setObject(15, at(pausing.countedSince()));
    Ramp ramp = row.ramping().ramp();
    statement.setObject(16, ramp == null ? null : ramp.from(), Types.INTEGER);
    statement.setObject(17, ramp == null ? null : ramp.to(), Types.INTEGER);
    statement.setObject(18, ramp == null ? null : ramp.days(), Types.INTEGER);
    statement.setObject(19, at(row.ramping().startedAt()));
    statement.setLong(20, row.version());
    statement.setObject(21, row.workspaceId());
    statement.setObject(22, tx.context().tenantId());
    statement.setObject(23, row.id());
  }

  private static OffsetDateTime at(Instant moment) {
    return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
  }

  private static String json(Map<String, String> settings) {
    try {
      return JSON.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of strings is always JSON", e);
    }
  }

  Optional<MailboxRow> find(Tx tx, UUID id, boolean lock) throws SQLException {
    String sql = SELECT + " and id = ?" + (lock ? " for update" : "");
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      return rows(select).stream().findFirst();
    }
  }

  List<MailboxRow> list(Tx tx, UUID beyond, int limit) throws SQLException {
    String sql = SELECT + " and id > ? order by id limit ?";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, beyond);
      select.setInt(3, limit);
      return rows(select);
    }
  }

  /** Returns and holds the mailboxes that are to send again by a moment. */
  List<MailboxRow> returning(Tx tx, Instant now) throws SQLException {
    String sql =
        SELECT + " and paused_until <= ? and paused_reason is not null order by id for update";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, at(now));
      return rows(select);
    }
  }

  /** Returns and holds the mailboxes with a ramp, those of a domain or, where it is empty, all. */
  List<MailboxRow> ramping(Tx tx, String domain) throws SQLException {
    String sql =
        SELECT
            + " and ramp_from is not null"
            + " and ? in ('', substring(address_normalised from '[^@]*$')) order by id for update";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setString(2, domain);
      return rows(select);
    }
  }

  void remove(Tx tx, UUID id, Instant now) throws SQLException {
    String sql =
        """
        update tenant.mailbox set removed_at = ?, secret_settings = '{}', paused_until = null
        where tenant_id = ? and id = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, id);
      update.executeUpdate();
    }
  }

  private static List<MailboxRow> rows(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<MailboxRow> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(
            new MailboxRow(
                row.getObject("id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                row.getString("address"),
                row.getString("display_name"),
                row.getString("backend"),
                settings(row.getString("settings")),
                Set.of((String[]) row.getArray("secret_settings").getArray()),
                row.getInt("daily_limit"),
                row.getLong("minimum_gap_millis"),
                WhenInDoubt.valueOf(row.getString("when_in_doubt").toUpperCase(Locale.ROOT)),
                pausing(row),
                ramping(row),
                row.getTimestamp("created_at").toInstant(),
                row.getLong("version")));
      }
      return rows;
    }
  }

  /** What is paused is said by the reason alone: nodes of an older version write nothing else. */
  private static Pausing pausing(ResultSet row) throws SQLException {
    String reason = row.getString("paused_reason");
    int repeats = row.getInt("pause_repeats");
    Instant countedSince = instant(row, "counted_since");
    if (reason == null) {
      return new Pausing(null, null, null, null, repeats, countedSince);
    }
    String by = row.getString("paused_by");
    return new Pausing(
        by == null ? PauseCause.PERSON : PauseCause.valueOf(by.toUpperCase(Locale.ROOT)),
        reason,
        instant(row, "paused_at"),
        instant(row, "paused_until"),
        repeats,
        countedSince);
  }

  private static Ramping ramping(ResultSet row) throws SQLException {
    Instant startedAt = instant(row, "ramp_started_at");
    return startedAt == null
        ? Ramping.NONE
        : new Ramping(
            new Ramp(row.getInt("ramp_from"), row.getInt("ramp_to"), row.getInt("ramp_days")),
            startedAt);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }

  private static Map<String, String> settings(String json) {
    try {
      return JSON.readValue(json, MAP);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds settings that are no JSON", e);
    }
  }
}
