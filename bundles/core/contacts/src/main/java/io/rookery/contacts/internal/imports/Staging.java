// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.contacts.internal.AddressDigests;
import io.rookery.contacts.internal.store.AttributeTokens;
import io.rookery.contacts.internal.store.Json;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * Puts rows into a table of the transaction's own, by COPY: row-level security refuses COPY into
 * the tables themselves. For one thread at a time.
 */
final class Staging {

  private static final String TABLE =
      """
      create temp table import_row (
        id uuid not null, email text not null, email_normalised text collate "C" not null,
        address_digest bytea not null, domain_digest bytea not null, first_name text, last_name text,
        attributes jsonb not null, tokens bigint[] not null, country text, lawful_basis text,
        source text, tracking_consent boolean) on commit drop""";

  private static final int COLUMNS = 13;
  private static final int OCTETS = 300;

  private final AddressDigests digests;
  private final Map<String, Object> defaults;
  private final AttributeTokens tokens = new AttributeTokens();
  private final Map<String, byte[]> domains = new HashMap<>();

  /**
   * Prepares for one import.
   *
   * @param defaults attributes of new contacts that a row does not give
   */
  Staging(AddressDigests digests, Map<String, Object> defaults) {
    this.digests = digests;
    this.defaults = defaults;
  }

  /** Returns what COPY is to read for some rows. */
  byte[] encode(List<ImportRow> rows) {
    domains.clear();
    CopyRows copy = new CopyRows(rows.size() * OCTETS);
    rows.forEach(row -> append(copy, row));
    return copy.end();
  }

  /** Makes the table and fills it. */
  static void fill(Tx tx, byte[] encoded) throws SQLException {
    try (Statement statement = tx.connection().createStatement()) {
      statement.execute(TABLE);
    }
    try {
      tx.connection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy import_row from stdin with (format binary)", new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new SQLException("COPY broke off", "08006", e);
    }
  }

  private void append(CopyRows copy, ImportRow row) {
    Map<String, String> fields = row.fields();
    String domain = row.normalised().substring(row.normalised().lastIndexOf('@') + 1);
    copy.row(COLUMNS)
        .uuid(Uuids.next())
        .text(row.email())
        .text(row.normalised())
        .bytea(digests.address(row.normalised()))
        .bytea(domains.computeIfAbsent(domain, digests::domain))
        .text(fields.get(Columns.FIRST_NAME))
        .text(fields.get(Columns.LAST_NAME))
        .jsonb(row.attributes().isEmpty() ? "{}" : Json.write(row.attributes()))
        .bigints(tokens.of(withDefaults(row.attributes())))
        .text(fields.get(Columns.COUNTRY))
        .text(fields.get(Columns.LAWFUL_BASIS))
        .text(fields.get(Columns.SOURCE))
        .bool(consent(fields.get(Columns.TRACKING_CONSENT)));
  }

  private Map<String, ?> withDefaults(Map<String, String> attributes) {
    if (defaults.isEmpty()) {
      return attributes;
    }
    Map<String, Object> all = new HashMap<>(defaults);
    all.putAll(attributes);
    return all;
  }

  private static Boolean consent(String value) {
    return value == null ? null : Boolean.valueOf(value);
  }
}
