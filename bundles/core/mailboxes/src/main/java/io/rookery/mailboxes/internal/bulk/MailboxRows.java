// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.rookery.api.mailboxes.MailboxImports;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a file of mailboxes (RFC 4180), commas or semicolons between. */
final class MailboxRows {

  private MailboxRows() {}

  /**
   * Returns the rows.
   *
   * @throws RookeryException {@code validation_failed} where the file as a whole cannot be used
   */
  static List<MailboxLine> read(String csv, Collection<Setting> settings) {
    String text = csv.startsWith("\ufeff") ? csv.substring(1) : csv;
    List<CsvRecord> records = records(text);
    if (records.size() < 2) {
      throw refused("The file needs a line that names the columns and a line for each mailbox");
    }
    if (records.size() - 1 > MailboxImports.MOST_ROWS) {
      throw refused("A file has at most 1,000 mailboxes");
    }
    List<String> columns = Columns.of(records.get(0).getFields(), settings);
    List<MailboxLine> lines = new ArrayList<>();
    for (CsvRecord row : records.subList(1, records.size())) {
      lines.add(line(columns, row));
    }
    return lines;
  }

  private static List<CsvRecord> records(String text) {
    String first = text.lines().findFirst().orElse("");
    char delimiter = first.indexOf(';') >= 0 && first.indexOf(',') < 0 ? ';' : ',';
    List<CsvRecord> records = new ArrayList<>();
    try {
      CsvReader.builder()
          .fieldSeparator(delimiter)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .skipEmptyLines(true)
          .ofCsvRecord(text)
          .stream()
          .limit(MailboxImports.MOST_ROWS + 2L)
          .forEach(records::add);
    } catch (CsvParseException e) {
      // Its message may quote the file, and so a password.
      throw refused("The file is no CSV: quotes do not match, or a field is far too long");
    }
    return records;
  }

  /** An empty cell leaves its field out; cells beyond the header's are an error of the row. */
  private static MailboxLine line(List<String> columns, CsvRecord row) {
    Map<String, String> cells = new HashMap<>();
    List<String> fields = row.getFields();
    for (int i = 0; i < Math.min(columns.size(), fields.size()); i++) {
      if (!fields.get(i).isBlank()) {
        cells.put(columns.get(i), fields.get(i));
      }
    }
    return new MailboxLine(row.getStartingLineNumber(), cells, fields.size() > columns.size());
  }

  private static RookeryException refused(String why) {
    return RookeryException.invalid("/lines", why);
  }
}
