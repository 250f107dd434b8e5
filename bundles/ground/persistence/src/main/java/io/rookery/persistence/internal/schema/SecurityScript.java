// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * Runs an area's named policies and grants. As they lock tables that may be busy, they run only
 * where the script or the schema has changed since.
 */
final class SecurityScript {

  private final Connection connection;
  private final Area area;

  SecurityScript(Connection connection, Area area) {
    this.connection = connection;
    this.area = area;
  }

  void run(boolean schemaChanged) throws SQLException {
    if (area.security() == null) {
      return;
    }
    String digest = digest(area.security().text());
    if (!schemaChanged && digest.equals(lastDigest())) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(area.security().text());
    }
    keep(digest);
  }

  private String lastDigest() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select digest from platform.schema_security where area = ?")) {
      statement.setString(1, area.name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  private void keep(String digest) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into platform.schema_security (area, digest) values (?, ?)"
                + " on conflict (area) do update set digest = excluded.digest")) {
      statement.setString(1, area.name());
      statement.setString(2, digest);
      statement.executeUpdate();
    }
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
