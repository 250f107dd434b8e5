// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.proxy;

/** What a proxy changes on the way; by itself nothing. */
public interface Twist {

  /** Returns the Authorization that is passed on; null for none. */
  default String authorization(String method, String path, String given) {
    return given;
  }

  /** Returns the status that is answered. */
  default int status(String method, String path, int given) {
    return given;
  }

  /** Returns the body that is answered. */
  default byte[] body(String method, String path, byte[] given) {
    return given;
  }
}
