// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import java.util.Arrays;

/** A template's source and where its lines begin, so that a place in it is found at once. */
final class Source {

  private final String text;
  private final int[] lines;

  Source(String text) {
    if (text.length() > Bounds.SOURCE) {
      throw new LiquidException(null, "A template has at most 512 KB");
    }
    this.text = text;
    int[] starts = new int[(int) text.chars().filter(c -> c == '\n').count() + 1];
    for (int i = text.indexOf('\n'), line = 1; i >= 0; i = text.indexOf('\n', i + 1)) {
      starts[line++] = i + 1;
    }
    this.lines = starts;
  }

  String text() {
    return text;
  }

  Position position(int offset) {
    int found = Arrays.binarySearch(lines, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, offset - lines[line] + 1);
  }

  LiquidException error(int offset, String detail) {
    return new LiquidException(position(offset), detail);
  }
}
