// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactData.LawfulBasis;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A contact as the table has it, without what is derived. */
public record ContactRow(
    UUID id, ContactData data, Instant createdAt, Instant updatedAt, long version) {

  static ContactRow read(ResultSet row) throws SQLException {
    String basis = row.getString("lawful_basis");
    Map<String, Object> attributes = Json.object(row.getString("attributes"));
    return new ContactRow(
        row.getObject("id", UUID.class),
        new ContactData(
            row.getString("email"),
            row.getString("first_name"),
            row.getString("last_name"),
            attributes,
            row.getString("country"),
            basis == null ? null : LawfulBasis.valueOf(basis),
            row.getString("source"),
            row.getBoolean("tracking_consent")),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "updated_at"),
        row.getLong("version"));
  }

  static Contact readContact(ResultSet row) throws SQLException {
    return read(row).toRecord(row.getBoolean("suppressed"));
  }

  /** Returns what the API shows. */
  public Contact toRecord(boolean suppressed) {
    return new Contact(id, data, suppressed, createdAt, updatedAt, version);
  }
}
