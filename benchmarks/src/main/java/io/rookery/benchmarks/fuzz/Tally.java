// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How requests were answered, by operation. */
public final class Tally {

  private final Map<String, Answers> operations = new TreeMap<>();
  private final Set<String> unreachable;
  private int cases;
  private int failed;

  /** Answers of one operation; a redirection is the success of what redirects. */
  private static final class Answers {
    private int all;
    private int successes;

    private double share() {
      return all == 0 ? 0 : 100.0 * successes / all;
    }
  }

  private Tally(Set<String> unreachable) {
    this.unreachable = unreachable;
  }

  /**
   * Reads a file of lines {@code status method}, a tab, and the operation.
   *
   * @param unreachable operations that need not succeed
   */
  public static Tally read(Path file, Set<String> unreachable) throws IOException {
    Tally tally = new Tally(unreachable);
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(tally::add);
    }
    return tally;
  }

  /** A method that an operation does not have is a case, but none of the operation. */
  private void add(String line) {
    String[] parts = line.split("[ \t]", 3);
    int status = Integer.parseInt(parts[0]);
    cases++;
    failed += status >= 500 ? 1 : 0;
    if (parts[1].isEmpty()) {
      Answers answers = operations.computeIfAbsent(parts[2], name -> new Answers());
      answers.all++;
      answers.successes += status < 400 ? 1 : 0;
    }
  }

  /** Returns how many requests there were. */
  public int cases() {
    return cases;
  }

  /** Returns how many were answered with a 5xx. */
  public int failed() {
    return failed;
  }

  /** Returns how many operations were asked. */
  public int operations() {
    return operations.size();
  }

  /** Returns the percentage of successes of the operation that succeeded the most rarely. */
  public double least() {
    return reachable().mapToDouble(o -> o.getValue().share()).min().orElse(0);
  }

  private Stream<Map.Entry<String, Answers>> reachable() {
    return operations.entrySet().stream().filter(o -> !unreachable.contains(o.getKey()));
  }

  /** Returns a line for each operation that succeeded in fewer than this percentage of cases. */
  public Stream<String> below(double percent) {
    return reachable()
        .filter(operation -> operation.getValue().share() < percent)
        .sorted(Comparator.comparingDouble(operation -> operation.getValue().share()))
        .map(
            operation ->
                "%s: %d of %d succeeded"
                    .formatted(
                        operation.getKey(),
                        operation.getValue().successes,
                        operation.getValue().all));
  }
}
