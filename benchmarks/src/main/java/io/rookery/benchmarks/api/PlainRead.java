// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.sql.DataSource;

/** Reads one contact by the statement that the platform reads it by. */
final class PlainRead extends HttpServlet {

  private static final long serialVersionUID = 1;

  private static final String CONTACT =
      """
      select c.id, c.email, c.first_name, c.last_name, c.attributes::text as attributes, c.country,
        c.lawful_basis, c.source, c.tracking_consent, c.created_at, c.updated_at, c.version,
        exists (select from tenant.suppression s
                where s.tenant_id = c.tenant_id and s.digest in (c.address_digest, c.domain_digest))
        or exists (select from platform.suppression p
                   where p.digest in (c.address_digest, c.domain_digest)) as suppressed
      from tenant.contact c where c.tenant_id = ? and c.id = ?
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final transient DataSource database;

  PlainRead(DataSource database) {
    this.database = database;
  }

  /** Answers {@code /contacts/TENANT/CONTACT}. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    String[] ids = request.getPathInfo().split("/");
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(CONTACT)) {
      statement.setObject(1, UUID.fromString(ids[1]));
      statement.setObject(2, UUID.fromString(ids[2]));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          answer.sendError(HttpServletResponse.SC_NOT_FOUND);
          return;
        }
        answer.setContentType("application/json");
        answer.getOutputStream().write(JSON.writeValueAsBytes(contact(row)));
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static Map<String, Object> contact(ResultSet row) throws SQLException, IOException {
    Map<String, Object> contact = new LinkedHashMap<>();
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      String name = row.getMetaData().getColumnLabel(column);
      switch (name) {
        case "attributes" -> contact.put(name, JSON.readValue(row.getString(column), Map.class));
        case "version" -> contact.put(name, row.getLong(column));
        case "tracking_consent", "suppressed" -> contact.put(name, row.getBoolean(column));
        default -> contact.put(name, row.getString(column));
      }
    }
    return contact;
  }
}
