// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

/** Something that goes wrong with the database for a while. */
interface DatabaseFault {

  /** Returns what goes wrong, in a few words. */
  String name();

  /** Returns whether the platform cannot be ready meanwhile. */
  boolean unready();

  /** Returns whether it lasts, so that a client must feel it. */
  boolean lasting();

  /** Lets it go wrong. */
  void begin() throws Exception;

  /** Ends it; what the platform has to do to recover is the platform's matter. */
  void end() throws Exception;
}
