// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.reach;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** When proofs came back. */
final class ReachStore {

  Optional<Instant> reachedAt(Connection connection, String baseUrl) throws SQLException {
    String sql = "select reached_at from platform.public_reach where base_url = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, baseUrl);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
            : Optional.empty();
      }
    }
  }

  void reached(Connection connection, String baseUrl, Instant at) throws SQLException {
    String sql =
        """
        insert into platform.public_reach (base_url, reached_at) values (?, ?)
        on conflict (base_url) do update
          set reached_at = greatest(excluded.reached_at, public_reach.reached_at)""";
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      upsert.setString(1, baseUrl);
      upsert.setObject(2, at.atOffset(ZoneOffset.UTC));
      upsert.executeUpdate();
    }
  }
}
