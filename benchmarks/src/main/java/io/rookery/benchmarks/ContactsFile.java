// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes CSV files as large as is asked for, every address in them its own. */
final class ContactsFile {

  private ContactsFile() {}

  static Path write(Path file, int rows) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("email,first_name,last_name,country,company,city\n");
      for (int i = 0; i < rows; i++) {
        out.write(
            "%s,Ada%d,Lovelace,US,\"Analytical, Engines %d\",Köln\n"
                .formatted(address(i), i, i % 1000));
      }
    }
    return file;
  }

  /** Returns the address in a row. */
  static String address(int row) {
    return "person" + row + "@dest" + row % 500 + ".example.org";
  }
}
