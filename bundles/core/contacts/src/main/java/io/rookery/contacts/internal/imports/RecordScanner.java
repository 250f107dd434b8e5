// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

/**
 * Finds where records of CSV end, by the rules of RFC 4180: a line end within quotes belongs to its
 * field. Works on bytes, so that a place in the file can be gone back to. For one thread.
 */
final class RecordScanner {

  private final Encoding encoding;
  private final char delimiter;
  private boolean fieldStart = true;
  private boolean quotedField;
  private boolean quoted;
  private boolean afterReturn;
  private int records;
  private long lines;
  private int end;

  RecordScanner(Encoding encoding, char delimiter) {
    this.encoding = encoding;
    this.delimiter = delimiter;
  }

  /**
   * Scans bytes from an index up to a length and stops once so many records have ended.
   *
   * @return the index at which scanning stopped
   */
  int scan(byte[] bytes, int from, int length, int wanted) {
    int width = encoding.width();
    int i = from;
    for (; i + width <= length; i += width) {
      int unit = encoding.unit(bytes, i);
      if (afterReturn) {
        afterReturn = false;
        if (unit == '\n') {
          if (!quoted) {
            end = i + width;
          }
          continue;
        }
      }
      if (records == wanted) {
        return i;
      }
      step(unit, i + width);
    }
    return i;
  }

  private void step(int unit, int next) {
    if (unit == '"' && (fieldStart || quotedField)) {
      quoted = fieldStart || !quoted;
      quotedField = true;
      fieldStart = false;
    } else if (unit == '\n' || unit == '\r') {
      lines++;
      afterReturn = unit == '\r';
      if (!quoted) {
        records++;
        end = next;
        fieldStart = true;
        quotedField = false;
      }
    } else if (unit == delimiter && !quoted) {
      fieldStart = true;
      quotedField = false;
    } else {
      fieldStart = false;
    }
  }

  /** Returns how many records have ended. */
  int records() {
    return records;
  }

  /** Returns how many lines have ended, those within quotes included. */
  long lines() {
    return lines;
  }

  /** Returns the index after the last record that has ended. */
  int end() {
    return end;
  }
}
