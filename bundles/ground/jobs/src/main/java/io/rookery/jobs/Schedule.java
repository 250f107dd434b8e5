// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/** Upkeep that recurs, on one node at a time; registered as a service. */
@ConsumerType
public interface Schedule {

  /** Returns its name, unique over the platform. */
  String name();

  /** Returns the time from the end of one run to the start of the next, at least one second. */
  Duration every();

  /** Does the upkeep; an exception is logged and the next run comes all the same. */
  void run() throws InterruptedException;
}
