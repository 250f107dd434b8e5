// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

/**
 * What a benchmark is asked to do.
 *
 * @param count how many messages or rows, or 0 for the benchmark's own number
 * @param rounds how many interleaved rounds, or 0 for the benchmark's own number
 * @param nodes how many nodes, or 0 for the benchmark's own number
 * @param minutes how long, or 0 for the benchmark's own time
 * @param signed whether mail is to be signed
 * @param heap whether to look into a dump of the memory, too
 * @param sabotage whether to plant the fault that the benchmark looks for
 */
record Options(
    int count, int rounds, int nodes, int minutes, boolean signed, boolean heap, boolean sabotage) {

  static Options of(String[] arguments) {
    int count = 0;
    int rounds = 0;
    int nodes = 0;
    int minutes = 0;
    boolean signed = false;
    boolean heap = false;
    boolean sabotage = false;
    for (int i = 1; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--count" -> count = Integer.parseInt(arguments[++i]);
        case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
        case "--nodes" -> nodes = Integer.parseInt(arguments[++i]);
        case "--minutes" -> minutes = Integer.parseInt(arguments[++i]);
        case "--signed" -> signed = true;
        case "--heap" -> heap = true;
        case "--sabotage" -> sabotage = true;
        default -> throw new IllegalArgumentException("Not an option: " + arguments[i]);
      }
    }
    return new Options(count, rounds, nodes, minutes, signed, heap, sabotage);
  }

  int countOr(int usual) {
    return count == 0 ? usual : count;
  }

  int roundsOr(int usual) {
    return rounds == 0 ? usual : rounds;
  }
}
