// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import java.util.Map;

/**
 * How a job ends.
 *
 * @param state its last state, as its row names it
 * @param result figures that the handler gave
 * @param error what went wrong, or null
 */
record Ending(String state, Map<String, ?> result, String error) {

  static Ending succeeded(Map<String, ?> result) {
    return new Ending("succeeded", result == null ? Map.of() : result, null);
  }

  static Ending failed(String error) {
    return new Ending("failed", Map.of(), error);
  }

  static Ending cancelled() {
    return new Ending("cancelled", Map.of(), null);
  }
}
