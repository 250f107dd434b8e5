// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.rookery.api.contacts.ContactData.LawfulBasis;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.contacts.ImportService.RowError;
import io.rookery.contacts.internal.ContactValidation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns records of a file into rows, or says what is wrong with them without repeating it. */
final class RowReader {

  private static final Set<String> YES =
      Set.of("true", "yes", "y", "1", "ja", "oui", "si", "sí", "on", "x");
  private static final Set<String> NO = Set.of("false", "no", "n", "0", "nein", "non", "off");

  private static final Pattern BREAKS = Pattern.compile("[\t\r\n]+");

  private final List<String> columns;

  RowReader(List<String> columns) {
    this.columns = columns;
  }

  /** Returns the row of a record that starts in a line. */
  ImportRow read(CsvRecord record, long line) throws RowException {
    Map<String, String> fields = new HashMap<>();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < record.getFieldCount(); i++) {
      String value = record.getField(i).strip();
      if (value.isEmpty()) {
        continue;
      }
      if (i >= columns.size()) {
        throw new RowException(line, "too_many_fields", "The row has more fields than the header");
      }
      check(value, line);
      String column = columns.get(i);
      if (column.startsWith("@")) {
        attributes.put(column.substring(1), value);
      } else if (!column.isEmpty()) {
        fields.put(column, field(column, value, line));
      }
    }
    return row(fields, attributes, line);
  }

  private static ImportRow row(
      Map<String, String> fields, Map<String, String> attributes, long line) throws RowException {
    String address = fields.remove(Columns.EMAIL);
    if (address == null) {
      throw new RowException(line, "email_missing", "The row has no address");
    }
    String wire =
        EmailAddresses.wire(address)
            .orElseThrow(
                () -> new RowException(line, "email_invalid", "The address is none (RFC 5321)"));
    return new ImportRow(line, wire, wire.toLowerCase(Locale.ROOT), fields, attributes);
  }

  private static void check(String value, long line) throws RowException {
    if (value.length() > ContactValidation.MAX_VALUE) {
      throw new RowException(line, "too_long", "A field has more than 4000 characters");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == 0x7F) {
        throw new RowException(line, "control_character", "A field holds a control character");
      }
      if (c == '\uFFFD' || (Character.isSurrogate(c) && !paired(value, i))) {
        throw new RowException(line, "encoding", "A field is not text in the file's encoding");
      }
    }
  }

  private static boolean paired(String value, int index) {
    return Character.isHighSurrogate(value.charAt(index))
        ? index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
  }

  private static String field(String column, String value, long line) throws RowException {
    return switch (column) {
      case Columns.COUNTRY -> known(Countries.code(value), line, "country_unknown", "country");
      case Columns.LAWFUL_BASIS ->
          known(basis(value), line, "lawful_basis_unknown", "lawful basis");
      case Columns.TRACKING_CONSENT ->
          known(consent(value), line, "tracking_consent_unknown", "tracking consent");
      case Columns.EMAIL -> value;
      default -> text(value, line);
    };
  }

  private static String text(String value, long line) throws RowException {
    String text = hasControls(value) ? BREAKS.matcher(value).replaceAll(" ") : value;
    if (text.length() > ContactValidation.MAX_TEXT) {
      throw new RowException(line, "too_long", "A name or source has more than 200 characters");
    }
    return text;
  }

  private static boolean hasControls(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ') {
        return true;
      }
    }
    return false;
  }

  private static String known(String value, long line, String code, String what)
      throws RowException {
    if (value == null) {
      throw new RowException(line, code, "The " + what + " is none that is known");
    }
    return value;
  }

  private static String basis(String value) {
    String name = Columns.snakeCase(value).toUpperCase(Locale.ROOT);
    for (LawfulBasis basis : LawfulBasis.values()) {
      if (basis.name().equals(name)) {
        return name;
      }
    }
    return null;
  }

  private static String consent(String value) {
    String word = value.toLowerCase(Locale.ROOT);
    return YES.contains(word) ? "true" : NO.contains(word) ? "false" : null;
  }

  /** Says what is wrong with a row. */
  static final class RowException extends Exception {

    private static final long serialVersionUID = 1L;
    private final transient RowError error;

    RowException(long line, String code, String detail) {
      super(detail, null, false, false);
      this.error = new RowError(line, code, detail);
    }

    RowError error() {
      return error;
    }
  }
}
