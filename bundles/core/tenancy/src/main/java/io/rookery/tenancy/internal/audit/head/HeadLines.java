// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import io.rookery.tenancy.internal.audit.head.Head.Signed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Heads as text, a line each. */
public final class HeadLines {

  private static final int BATCH = 1000;

  private HeadLines() {}

  /** Returns heads as lines, each with its end. */
  public static String write(List<Signed> heads) {
    return heads.stream().map(HeadLine::write).collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * Reads the heads of lines, so many at a time.
   *
   * @return how many lines could not be read
   */
  public static long read(Iterator<String> lines, Consumer<List<Signed>> heads) {
    long unreadable = 0;
    List<Signed> batch = new ArrayList<>();
    while (lines.hasNext()) {
      Optional<Signed> head = HeadLine.read(lines.next());
      head.ifPresent(batch::add);
      unreadable += head.isPresent() ? 0 : 1;
      if (batch.size() == BATCH) {
        heads.accept(List.copyOf(batch));
        batch.clear();
      }
    }
    heads.accept(List.copyOf(batch));
    return unreadable;
  }
}
