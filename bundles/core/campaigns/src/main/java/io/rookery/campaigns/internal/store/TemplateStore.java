// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.store;

import io.rookery.api.campaigns.TemplateService.Template;
import io.rookery.api.campaigns.TemplateService.TemplateData;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Templates as rows. */
public final class TemplateStore {

  private static final String COLUMNS =
      "select id, workspace_id, name, subject, html, text, created_at, updated_at, version"
          + " from tenant.template";

  /** Adds a template. */
  public void insert(Tx tx, Template template) throws SQLException {
    String sql =
        """
        insert into tenant.template
          (name, subject, html, text, updated_at, version, workspace_id, created_at, tenant_id, id)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      bind(insert, template);
      insert.setObject(8, Rows.at(template.createdAt()));
      insert.setObject(9, tx.context().tenantId());
      insert.setObject(10, template.id());
      insert.executeUpdate();
    }
  }

  /** Writes a template that {@link #lock} returned. */
  public void update(Tx tx, Template template) throws SQLException {
    String sql =
        """
        update tenant.template
        set name = ?, subject = ?, html = ?, text = ?, updated_at = ?, version = ?,
          workspace_id = ?
        where tenant_id = ? and id = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      bind(update, template);
      update.setObject(8, tx.context().tenantId());
      update.setObject(9, template.id());
      update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Template template) throws SQLException {
    TemplateData data = template.data();
    statement.setString(1, data.name());
    statement.setString(2, data.subject());
    statement.setString(3, data.html());
    statement.setString(4, data.text());
    statement.setObject(5, Rows.at(template.updatedAt()));
    statement.setLong(6, template.version());
    statement.setObject(7, data.workspaceId());
  }

  /** Returns a template. */
  public Optional<Template> find(Tx tx, UUID id) throws SQLException {
    return find(tx, id, "");
  }

  /** Returns a template and holds its row until the transaction ends. */
  public Optional<Template> lock(Tx tx, UUID id) throws SQLException {
    return find(tx, id, " for update");
  }

  private static Optional<Template> find(Tx tx, UUID id, String lock) throws SQLException {
    String sql = COLUMNS + " where tenant_id = ? and id = ?" + lock;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(template(row)) : Optional.empty();
      }
    }
  }

  /** Returns templates by id, those beyond one only where it is not null. */
  public List<Template> list(Tx tx, UUID beyond, int limit) throws SQLException {
    String sql =
        COLUMNS + " where tenant_id = ? and (?::uuid is null or id > ?) order by id limit ?";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, beyond);
      select.setObject(3, beyond);
      select.setInt(4, limit);
      List<Template> templates = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          templates.add(template(rows));
        }
      }
      return templates;
    }
  }

  /** Removes a template; returns whether it was there. */
  public boolean delete(Tx tx, UUID id) throws SQLException {
    String sql = "delete from tenant.template where tenant_id = ? and id = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, id);
      return delete.executeUpdate() == 1;
    }
  }

  private static Template template(ResultSet row) throws SQLException {
    return new Template(
        Rows.uuid(row, "id"),
        new TemplateData(
            row.getString("name"),
            row.getString("subject"),
            row.getString("html"),
            row.getString("text"),
            Rows.uuid(row, "workspace_id")),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        row.getLong("version"));
  }
}
