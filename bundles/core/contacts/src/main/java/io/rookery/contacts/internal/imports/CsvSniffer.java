// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.contacts.ImportService.ImportRequest;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Settles from a file's first bytes whether it is CSV, and how it is to be read. */
final class CsvSniffer {

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int SAMPLE = 20;

  private CsvSniffer() {}

  /** Returns how to read a file that begins with these bytes; {@code columns} takes its header. */
  static CsvFormat sniff(byte[] head, ImportRequest request, List<String> columns) {
    Encoding encoding = Encoding.of(head);
    refuseBinary(head, encoding);
    int mark = encoding.mark(head);
    char delimiter = delimiter(head, mark, encoding);
    RecordScanner scanner = new RecordScanner(encoding, delimiter);
    List<String> header = List.of();
    int start = mark;
    while (header.isEmpty() && start < head.length) {
      int from = start;
      long lines = scanner.lines();
      scanner.scan(head, from, head.length, scanner.records() + 1);
      if (scanner.lines() == lines && head.length > 1_000_000) {
        throw refused("The first record is longer than 1 MB: is this CSV?");
      }
      start = Math.max(from, scanner.end() == 0 ? head.length : scanner.end());
      if (start == from) {
        start = head.length;
      }
      header = header(slice(head, from, start, encoding), delimiter);
    }
    checkHeader(header);
    columns.addAll(header);
    List<String> fields = Columns.of(header, request.mapping());
    return new CsvFormat(encoding, delimiter, start, scanner.lines() + 1, fields);
  }

  private static List<String> header(String text, char delimiter) {
    List<CsvRecord> records = records(text, delimiter, 1);
    List<String> header = records.isEmpty() ? List.of() : records.get(0).getFields();
    boolean blank = header.stream().allMatch(String::isBlank);
    return blank ? List.of() : header.stream().map(String::strip).toList();
  }

  private static void checkHeader(List<String> header) {
    if (header.isEmpty()) {
      throw refused("The file is empty; it needs a header and a row for each contact");
    }
    if (header.stream().anyMatch(cell -> EmailAddresses.wire(cell).isPresent())) {
      throw refused("The first row holds an address; it has to name the columns");
    }
  }

  private static void refuseBinary(byte[] head, Encoding encoding) {
    for (int i = 0; i + encoding.width() <= head.length; i += encoding.width()) {
      int unit = encoding.unit(head, i);
      if (unit < ' ' && unit != '\t' && unit != '\r' && unit != '\n') {
        throw refused("This is not text; export the contacts as CSV");
      }
    }
  }

  /** Returns the delimiter by which most rows have as many fields as the first, more than one. */
  private static char delimiter(byte[] head, int mark, Encoding encoding) {
    String text = slice(head, mark, Math.min(head.length, mark + 64 * 1024), encoding);
    char best = ',';
    int bestScore = 0;
    for (char candidate : DELIMITERS) {
      List<CsvRecord> sample = records(text, candidate, SAMPLE);
      int fields = sample.isEmpty() ? 0 : sample.get(0).getFieldCount();
      long alike = sample.stream().filter(record -> record.getFieldCount() == fields).count();
      int score = fields < 2 ? 0 : (int) (alike * 1000) + fields;
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  private static String slice(byte[] bytes, int from, int to, Encoding encoding) {
    byte[] part = Arrays.copyOfRange(bytes, from, to);
    return encoding.decode(part, part.length);
  }

  private static List<CsvRecord> records(String text, char delimiter, int limit) {
    List<CsvRecord> records = new ArrayList<>();
    for (CsvRecord record : reader(text, delimiter)) {
      boolean blank = record.getFieldCount() == 1 && record.getField(0).isBlank();
      if (!blank) {
        records.add(record);
      }
      if (records.size() == limit) {
        break;
      }
    }
    return records;
  }

  /** Returns a reader that gives every record, blank ones too, and forgives stray quotes. */
  static CsvReader<CsvRecord> reader(String text, char delimiter) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .skipEmptyLines(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowExtraCharsAfterClosingQuote(true)
        .allowUnclosedQuote(true)
        .ofCsvRecord(text);
  }

  private static RookeryException refused(String detail) {
    return RookeryException.invalid("/file", detail);
  }
}
