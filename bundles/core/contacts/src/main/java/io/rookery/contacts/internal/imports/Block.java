// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.rookery.api.contacts.ImportService.RowError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a stretch of a file holds.
 *
 * @param rows rows to import, each address once
 * @param errors rows that cannot be imported
 * @param duplicates how many rows repeat an address of an earlier row of the stretch
 * @param records how many records there are, blank lines aside
 */
record Block(List<ImportRow> rows, List<RowError> errors, long duplicates, long records) {

  static Block of(String text, CsvFormat format, long firstLine) {
    RowReader reader = new RowReader(format.fields());
    List<ImportRow> rows = new ArrayList<>();
    List<RowError> errors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    long records = 0;
    long duplicates = 0;
    for (CsvRecord record : CsvSniffer.reader(text, format.delimiter())) {
      if (isBlank(record)) {
        continue;
      }
      records++;
      try {
        ImportRow row = reader.read(record, firstLine + record.getStartingLineNumber() - 1);
        if (seen.add(row.normalised())) {
          rows.add(row);
        } else {
          duplicates++;
        }
      } catch (RowReader.RowException e) {
        errors.add(e.error());
      }
    }
    return new Block(rows, errors, duplicates, records);
  }

  private static boolean isBlank(CsvRecord record) {
    for (int i = 0; i < record.getFieldCount(); i++) {
      if (!record.getField(i).isBlank()) {
        return false;
      }
    }
    return true;
  }
}
