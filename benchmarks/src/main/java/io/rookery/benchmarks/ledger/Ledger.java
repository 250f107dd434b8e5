// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A sink's ledger, read on from where it was read last. Thread-safe. */
public final class Ledger {

  private final Path file;
  private final List<LedgerLine> lines = new ArrayList<>();
  private long position;

  /** Reads the ledger of a sink. */
  public Ledger(Path file) {
    this.file = file;
  }

  /** Returns all that was taken so far, in order of time. */
  public List<LedgerLine> lines() throws IOException {
    return from(0);
  }

  /** Returns what was taken after the first so many lines. */
  public synchronized List<LedgerLine> from(int index) throws IOException {
    readOn();
    return List.copyOf(lines.subList(index, lines.size()));
  }

  /** Returns how many lines there are. */
  public synchronized int size() throws IOException {
    readOn();
    return lines.size();
  }

  private void readOn() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] fresh = new byte[(int) (in.length() - position)];
      in.seek(position);
      in.readFully(fresh);
      String text = new String(fresh, StandardCharsets.ISO_8859_1);
      // A line that is being written is read next time.
      int end = text.lastIndexOf('\n') + 1;
      position += end;
      new String(fresh, 0, end, StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> LedgerLine.read(line).ifPresent(lines::add));
    }
  }
}
