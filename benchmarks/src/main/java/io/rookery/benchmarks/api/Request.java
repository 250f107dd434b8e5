// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.api;

/**
 * What is sent again and again.
 *
 * @param method the HTTP method
 * @param path where to, with its query
 * @param body JSON, or null for none
 */
public record Request(String method, String path, String body) {

  /** Returns one that reads. */
  public static Request get(String path) {
    return new Request("GET", path, null);
  }

  /** Returns one that sends JSON. */
  public static Request post(String path, String body) {
    return new Request("POST", path, body);
  }
}
