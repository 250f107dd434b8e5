// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.metrics;

import java.time.Duration;

/** Takes the time of requests. Thread-safe and quick. */
public interface RequestTimers {

  /** Takes a request into account; the route is a template and never holds a value. */
  void record(String method, String route, int status, Duration took);
}
