// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of certificates and of answers to authorities. */
final class CertificateStore {

  private static final String SELECT =
      """
      select host, version, issuer, not_before, not_after, renew_at, looked_at, failures, trouble,
             next_try_at
      from platform.certificate
      """;

  List<CertificateRow> list(Connection system) throws SQLException {
    try (PreparedStatement select = system.prepareStatement(SELECT + " order by host")) {
      return rows(select);
    }
  }

  /** Returns a host's row, which nobody else changes until the end of the transaction. */
  Optional<CertificateRow> lock(Connection system, String host) throws SQLException {
    try (PreparedStatement select =
        system.prepareStatement(SELECT + " where host = ? for update")) {
      select.setString(1, host);
      return rows(select).stream().findFirst();
    }
  }

  private static List<CertificateRow> rows(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<CertificateRow> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(
            new CertificateRow(
                row.getString("host"),
                row.getInt("version"),
                row.getString("issuer"),
                instant(row, "not_before"),
                instant(row, "not_after"),
                instant(row, "renew_at"),
                instant(row, "looked_at"),
                row.getInt("failures"),
                row.getString("trouble"),
                instant(row, "next_try_at")));
      }
      return rows;
    }
  }

  void save(Connection system, CertificateRow row) throws SQLException {
    String sql =
        """
        insert into platform.certificate (host, version, issuer, not_before, not_after, renew_at,
          looked_at, failures, trouble, next_try_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (host) do update set version = excluded.version, issuer = excluded.issuer,
          not_before = excluded.not_before, not_after = excluded.not_after,
          renew_at = excluded.renew_at, looked_at = excluded.looked_at,
          failures = excluded.failures, trouble = excluded.trouble,
          next_try_at = excluded.next_try_at
        """;
    try (PreparedStatement upsert = system.prepareStatement(sql)) {
      upsert.setString(1, row.host());
      upsert.setInt(2, row.version());
      upsert.setString(3, row.issuer());
      upsert.setObject(4, time(row.notBefore()));
      upsert.setObject(5, time(row.notAfter()));
      upsert.setObject(6, time(row.renewAt()));
      upsert.setObject(7, time(row.lookedAt()));
      upsert.setInt(8, row.failures());
      upsert.setString(9, row.trouble());
      upsert.setObject(10, time(row.nextTryAt()));
      upsert.executeUpdate();
    }
  }

  void delete(Connection system, String host) throws SQLException {
    try (PreparedStatement delete =
        system.prepareStatement("delete from platform.certificate where host = ?")) {
      delete.setString(1, host);
      delete.executeUpdate();
    }
  }

  void put(Connection system, Question question) throws SQLException {
    String sql =
        """
        insert into platform.acme_challenge (token, host, answer, expires_at) values (?, ?, ?, ?)
        on conflict (token) do update set answer = excluded.answer, expires_at = excluded.expires_at
        """;
    try (PreparedStatement upsert = system.prepareStatement(sql)) {
      upsert.setString(1, question.token());
      upsert.setString(2, question.host());
      upsert.setString(3, question.answer());
      upsert.setObject(4, time(question.expiresAt()));
      upsert.executeUpdate();
    }
  }

  /** What an authority asks about a host, and what it is answered until when. */
  record Question(String token, String host, String answer, Instant expiresAt) {}

  Optional<String> answer(Connection system, String token, String host, Instant now)
      throws SQLException {
    String sql =
        "select answer from platform.acme_challenge where token = ? and host = ? and expires_at > ?";
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setString(1, token);
      select.setString(2, host);
      select.setObject(3, time(now));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  void forget(Connection system, String host, Instant now) throws SQLException {
    String sql = "delete from platform.acme_challenge where host = ? or expires_at <= ?";
    try (PreparedStatement delete = system.prepareStatement(sql)) {
      delete.setString(1, host);
      delete.setObject(2, time(now));
      delete.executeUpdate();
    }
  }

  private static OffsetDateTime time(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
