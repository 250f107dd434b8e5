// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

/**
 * One kill and what followed it.
 *
 * @param what what was killed
 * @param at when, in milliseconds since 1970
 * @param inside how many messages were inside DATA
 * @param resumed seconds until what was killed was back and mail flowed as before
 * @param bound how many it may double
 */
record Strike(Victim what, long at, int inside, double resumed, int bound) {

  /** What a kill hits. */
  enum Victim {
    JVM,
    POSTGRESQL,
    SINK;

    /** Returns how many nodes it leaves with messages in doubt. */
    int nodesStruck(int nodes) {
      return switch (this) {
        case JVM -> 1;
        // Outcomes wait in memory until the database is back.
        case POSTGRESQL -> 0;
        case SINK -> nodes;
      };
    }
  }
}
