// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.system;

import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What is to be mailed, and of what queued mails are. */
final class SystemMailStore {

  private static final String WANT =
      """
      insert into tenant.system_mail_wanted (tenant_id, id, kind, subject_id, caused_at)
      values (?, ?, ?, ?, ?) on conflict do nothing
      """;
  private static final String WAITING =
      "select tenant_id, id from tenant.system_mail_wanted order by id limit ?";
  private static final String WANTED =
      """
      select id, kind, tenant_id as about, subject_id, caused_at from tenant.system_mail_wanted
      where tenant_id = ? and id = ?
      """;
  private static final String DONE =
      "delete from tenant.system_mail_wanted where tenant_id = ? and id = ?";
  private static final String QUEUE =
      """
      insert into tenant.system_mail (tenant_id, id, kind, about, subject_id, caused_at)
      values (?, ?, ?, ?, ?, ?) on conflict do nothing
      """;
  private static final String QUEUED =
      """
      select id, kind, about, subject_id, caused_at from tenant.system_mail
      where tenant_id = ? and id = ?
      """;
  private static final String MAILED_SINCE =
      """
      select from tenant.system_mail
      where tenant_id = ? and subject_id = ? and kind = ? and caused_at > ? limit 1
      """;
  private static final String FORGET =
      "delete from tenant.system_mail where tenant_id = ? and caused_at < ?";

  /** What is to be mailed, by the tenant in which it happened. */
  record Waiting(UUID tenantId, UUID id) {}

  /** Notes what is to be mailed, in the tenant in which it happened. */
  void want(Tx tx, List<Cause> causes) throws SQLException {
    try (PreparedStatement insert = tx.connection().prepareStatement(WANT)) {
      for (Cause cause : causes) {
        insert.setObject(1, tx.context().tenantId());
        insert.setObject(2, cause.id());
        insert.setString(3, word(cause.kind()));
        insert.setObject(4, cause.subjectId());
        insert.setObject(5, at(cause.at()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Returns what is to be mailed, the oldest first; for the platform's own role. */
  List<Waiting> waiting(Connection system, int limit) throws SQLException {
    try (PreparedStatement select = system.prepareStatement(WAITING)) {
      select.setInt(1, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<Waiting> found = new ArrayList<>();
        while (rows.next()) {
          found.add(new Waiting(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)));
        }
        return found;
      }
    }
  }

  /** Returns of what a mail is that is to be queued, or empty where it is another node's. */
  Optional<Cause> wanted(Tx tx, UUID id) throws SQLException {
    return cause(tx, WANTED, id);
  }

  /** Forgets that something was to be mailed. */
  void done(Tx tx, UUID id) throws SQLException {
    try (PreparedStatement delete = tx.connection().prepareStatement(DONE)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, id);
      delete.executeUpdate();
    }
  }

  /** Notes in the operator's tenant of what a mail is; returns whether it was not known yet. */
  boolean queue(Tx operator, Cause cause) throws SQLException {
    try (PreparedStatement insert = operator.connection().prepareStatement(QUEUE)) {
      insert.setObject(1, operator.context().tenantId());
      insert.setObject(2, cause.id());
      insert.setString(3, word(cause.kind()));
      insert.setObject(4, cause.tenantId());
      insert.setObject(5, cause.subjectId());
      insert.setObject(6, at(cause.at()));
      return insert.executeUpdate() == 1;
    }
  }

  /** Returns of what a queued mail is, or empty where it is no mail of the platform. */
  Optional<Cause> queued(Tx operator, UUID messageId) throws SQLException {
    return cause(operator, QUEUED, messageId);
  }

  private static Optional<Cause> cause(Tx tx, String sql, UUID id) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? cause(row) : Optional.empty();
      }
    }
  }

  /** A kind that only a newer node knows is left to that. */
  private static Optional<Cause> cause(ResultSet row) throws SQLException {
    String word = row.getString("kind");
    UUID id = row.getObject("id", UUID.class);
    UUID about = row.getObject("about", UUID.class);
    UUID subject = row.getObject("subject_id", UUID.class);
    Instant at = row.getObject("caused_at", OffsetDateTime.class).toInstant();
    return Stream.of(Kind.values())
        .filter(kind -> word(kind).equals(word))
        .findFirst()
        .map(kind -> new Cause(id, kind, about, subject, at));
  }

  /** Returns whether somebody was mailed the same kind for something after a moment. */
  boolean mailedSince(Tx operator, UUID subjectId, Kind kind, Instant since) throws SQLException {
    try (PreparedStatement select = operator.connection().prepareStatement(MAILED_SINCE)) {
      select.setObject(1, operator.context().tenantId());
      select.setObject(2, subjectId);
      select.setString(3, word(kind));
      select.setObject(4, at(since));
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Forgets of what mails were whose cause was before a moment; returns how many. */
  int forget(Tx operator, Instant before) throws SQLException {
    try (PreparedStatement delete = operator.connection().prepareStatement(FORGET)) {
      delete.setObject(1, operator.context().tenantId());
      delete.setObject(2, at(before));
      return delete.executeUpdate();
    }
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
