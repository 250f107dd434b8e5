// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.util.Arrays;

/**
 * Reads a file from a place where a record begins, in stretches of whole records. Holds no more
 * than a stretch and a piece of the file at a time. For one thread.
 */
final class BlockReader {

  private static final int LONGEST = 32 * 1024 * 1024;
  private final Pieces pieces;
  private final long bytes;
  private final CsvFormat format;
  private final int most;
  private long offset;
  private long line;
  private byte[] buffer = new byte[2 * ImportStore.PIECE];
  private int filled;

  BlockReader(Pieces pieces, ImportStore.Standing standing, int most) {
    this.pieces = pieces;
    this.bytes = standing.bytes();
    this.format = standing.format();
    this.offset = standing.offset();
    this.line = standing.line();
    this.most = most;
  }

  /** Returns the next stretch, or null at the end of the file. */
  Stretch next() {
    if (offset >= bytes) {
      return null;
    }
    RecordScanner scanner = new RecordScanner(format.encoding(), format.delimiter());
    int scanned = 0;
    while (true) {
      scanned = scanner.scan(buffer, scanned, filled, most);
      boolean last = offset + filled >= bytes;
      if (last || (scanner.records() == most && filled - scanned >= format.encoding().width())) {
        return cut(scanner, last && scanner.records() < most);
      }
      if (filled >= LONGEST) {
        return tooLong(scanner);
      }
      fill();
    }
  }

  private Stretch tooLong(RecordScanner scanner) {
    if (scanner.records() == 0) {
      throw new RookeryException(
          CommonErrors.VALIDATION_FAILED,
          "The record in line " + line + " does not end; is a quote left open?");
    }
    return cut(scanner, false);
  }

  private Stretch cut(RecordScanner scanner, boolean toTheEnd) {
    int length = toTheEnd ? filled : scanner.end();
    Block block = Block.of(format.encoding().decode(buffer, length), format, line);
    System.arraycopy(buffer, length, buffer, 0, filled - length);
    filled -= length;
    Stretch stretch = new Stretch(block, offset, offset + length, line + scanner.lines());
    offset = stretch.end();
    line = stretch.nextLine();
    return stretch;
  }

  private void fill() {
    long position = offset + filled;
    byte[] piece = pieces.read((int) (position / ImportStore.PIECE));
    int from = (int) (position % ImportStore.PIECE);
    int length = piece.length - from;
    if (length <= 0) {
      throw new IllegalStateException("The file ends before its length");
    }
    if (filled + length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, filled + length));
    }
    System.arraycopy(piece, from, buffer, filled, length);
    filled += length;
  }

  /** Gives the pieces of the file by number. */
  @FunctionalInterface
  interface Pieces {

    byte[] read(int number);
  }

  /** Whole records of the file, from one place to another. */
  record Stretch(Block block, long start, long end, long nextLine) {}
}
