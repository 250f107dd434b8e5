// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.contacts.internal.AddressDigests;
import io.rookery.contacts.internal.store.Json;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * Puts rows into a table of the transaction's own, by COPY in text format (PostgreSQL manual,
 * COPY): row-level security refuses COPY into the tables themselves. For one thread at a time.
 */
final class Staging {

  private static final HexFormat HEX = HexFormat.of();
  private static final String TABLE =
      """
      create temp table import_row (
        id uuid not null, email text not null, email_normalised text collate "C" not null,
        address_digest bytea not null, domain_digest bytea not null, first_name text, last_name text,
        attributes jsonb not null, country text, lawful_basis text, source text,
        tracking_consent boolean) on commit drop""";

  private final AddressDigests digests;
  private final Map<String, String> domains = new HashMap<>();

  Staging(AddressDigests digests) {
    this.digests = digests;
  }

  /** Returns what COPY is to read for some rows. */
  byte[] encode(List<ImportRow> rows) {
    domains.clear();
    StringBuilder text = new StringBuilder(rows.size() * 300);
    rows.forEach(row -> append(text, row));
    return text.toString().getBytes(StandardCharsets.UTF_8);
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
              "copy import_row from stdin with (encoding 'utf8')",
              new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new SQLException("COPY broke off", "08006", e);
    }
  }

  private void append(StringBuilder text, ImportRow row) {
    text.append(Uuids.next()).append('\t');
    value(text, row.email());
    value(text, row.normalised());
    text.append("\\\\x").append(HEX.formatHex(digests.address(row.normalised()))).append('\t');
    String domain = row.normalised().substring(row.normalised().lastIndexOf('@') + 1);
    String digest = domains.computeIfAbsent(domain, d -> HEX.formatHex(digests.domain(d)));
    text.append("\\\\x").append(digest).append('\t');
    value(text, row.fields().get(Columns.FIRST_NAME));
    value(text, row.fields().get(Columns.LAST_NAME));
    value(text, row.attributes().isEmpty() ? "{}" : Json.write(row.attributes()));
    value(text, row.fields().get(Columns.COUNTRY));
    value(text, row.fields().get(Columns.LAWFUL_BASIS));
    value(text, row.fields().get(Columns.SOURCE));
    value(text, row.fields().get(Columns.TRACKING_CONSENT));
    text.setCharAt(text.length() - 1, '\n');
  }

  private static void value(StringBuilder text, String value) {
    if (value == null) {
      text.append("\\N\t");
      return;
    }
    int plain = plain(value);
    text.append(value, 0, plain);
    for (int i = plain; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
    text.append('\t');
  }

  /** Returns how long the beginning of a value is that needs no escape; nearly always all of it. */
  private static int plain(String value) {
    int i = 0;
    while (i < value.length() && value.charAt(i) != '\\' && value.charAt(i) >= ' ') {
      i++;
    }
    return i;
  }
}
