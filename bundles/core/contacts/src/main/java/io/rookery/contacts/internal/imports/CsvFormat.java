// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import java.util.List;

/**
 * How a file is to be read, settled when it was taken.
 *
 * @param encoding how its bytes are text
 * @param delimiter what parts its fields
 * @param start where its first record after the header begins, in bytes
 * @param line the line of that record, from 1
 * @param fields by column: a contact's field, {@code @} and an attribute's name, or empty for a
 *     column that is left out
 */
record CsvFormat(Encoding encoding, char delimiter, long start, long line, List<String> fields) {

  CsvFormat {
    fields = List.copyOf(fields);
  }
}
