// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

/**
 * What a benchmark is asked to do.
 *
 * @param count how many messages or rows, or 0 for the benchmark's own number
 * @param rounds how many interleaved rounds, or 0 for the benchmark's own number
 * @param sabotage whether to plant the fault that the benchmark looks for
 */
record Options(int count, int rounds, boolean sabotage) {

  static Options of(String[] arguments) {
    int count = 0;
    int rounds = 0;
    boolean sabotage = false;
    for (int i = 1; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--count" -> count = Integer.parseInt(arguments[++i]);
        case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
        case "--sabotage" -> sabotage = true;
        default -> throw new IllegalArgumentException("Not an option: " + arguments[i]);
      }
    }
    return new Options(count, rounds, sabotage);
  }

  int countOr(int usual) {
    return count == 0 ? usual : count;
  }

  int roundsOr(int usual) {
    return rounds == 0 ? usual : rounds;
  }
}
