// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.store;

import io.rookery.api.mailboxes.Mailbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A mailbox as the table has it. */
public record MailboxRow(
    UUID id,
    String address,
    String displayName,
    String backend,
    Map<String, String> settings,
    Set<String> secretSettings,
    int dailyLimit,
    long minimumGapMillis,
    String pausedReason,
    Instant createdAt,
    long version) {

  /** Returns the row with another backend's settings. */
  public MailboxRow with(String name, Map<String, String> values, Set<String> secrets) {
    return new MailboxRow(
        id,
        address,
        displayName,
        name,
        values,
        secrets,
        dailyLimit,
        minimumGapMillis,
        pausedReason,
        createdAt,
        version);
  }

  /** Returns the row with another version. */
  public MailboxRow with(long newVersion) {
    return new MailboxRow(
        id,
        address,
        displayName,
        backend,
        settings,
        secretSettings,
        dailyLimit,
        minimumGapMillis,
        pausedReason,
        createdAt,
        newVersion);
  }

  /** Returns the row paused for a reason, or going where that is null. */
  public MailboxRow paused(String reason) {
    return new MailboxRow(
        id,
        address,
        displayName,
        backend,
        settings,
        secretSettings,
        dailyLimit,
        minimumGapMillis,
        reason,
        createdAt,
        version);
  }

  /** Returns what the API shows. */
  public Mailbox toRecord() {
    return new Mailbox(
        id,
        address,
        displayName,
        backend,
        settings,
        secretSettings,
        dailyLimit,
        minimumGapMillis,
        pausedReason,
        createdAt,
        version);
  }

  static MailboxRow read(ResultSet row) throws SQLException {
    Map<String, String> settings =
        Json.object(row.getString("settings")).entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    return new MailboxRow(
        row.getObject("id", UUID.class),
        row.getString("address"),
        row.getString("display_name"),
        row.getString("backend"),
        settings,
        Set.of((String[]) row.getArray("secret_settings").getArray()),
        row.getInt("daily_limit"),
        row.getLong("minimum_gap_millis"),
        row.getString("paused_reason"),
        Sql.instant(row, "created_at"),
        row.getLong("version"));
  }
}
