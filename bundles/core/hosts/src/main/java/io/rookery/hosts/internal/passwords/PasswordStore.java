// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.MailPassword;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of where passwords of mailboxes stand. */
public final class PasswordStore {

  private static final String SELECT =
      """
      select id, host_id, mailbox_id, username, file, grace_file, secret_id, created_at
      from tenant.mail_password where tenant_id = ?
      """;

  void insert(Tx tx, MailPassword row) throws SQLException {
    String sql =
        """
        insert into tenant.mail_password (tenant_id, id, host_id, mailbox_id, username, file,
          grace_file, secret_id, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, row.id());
      insert.setObject(3, row.hostId());
      insert.setObject(4, row.mailboxId());
      insert.setString(5, row.user());
      insert.setString(6, row.file());
      insert.setString(7, row.graceFile());
      insert.setObject(8, row.secretId());
      insert.setObject(9, row.createdAt().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }

  Optional<MailPassword> find(Tx tx, UUID id) throws SQLException {
    return select(tx, SELECT + " and id = ?", id).stream().findFirst();
  }

  /** Returns those of a host, by id. */
  public List<MailPassword> ofHost(Tx tx, UUID hostId) throws SQLException {
    return select(tx, SELECT + " and host_id = ? order by id", hostId);
  }

  void delete(Tx tx, UUID id) throws SQLException {
    String sql = "delete from tenant.mail_password where tenant_id = ? and id = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, id);
      delete.executeUpdate();
    }
  }

  private static List<MailPassword> select(Tx tx, String sql, UUID id) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      try (ResultSet row = select.executeQuery()) {
        List<MailPassword> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(
              new MailPassword(
                  row.getObject("id", UUID.class),
                  row.getObject("host_id", UUID.class),
                  row.getObject("mailbox_id", UUID.class),
                  row.getString("username"),
                  row.getString("file"),
                  row.getString("grace_file"),
                  row.getObject("secret_id", UUID.class),
                  row.getObject("created_at", OffsetDateTime.class).toInstant()));
        }
        return rows;
      }
    }
  }
}
