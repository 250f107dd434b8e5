// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;

/** Tells whether an object is still the one that a caller has seen. */
final class Versions {

  private Versions() {}

  /** Refuses where a version is expected, not 0, and another one is there. */
  static void check(long expected, long actual) {
    if (expected != 0 && expected != actual) {
      throw new RookeryException(
          CommonErrors.PRECONDITION_FAILED, "It has changed since; read it again");
    }
  }
}
