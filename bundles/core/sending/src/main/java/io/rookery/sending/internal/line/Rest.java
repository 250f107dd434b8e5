// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Instant;

/**
 * How a lane's turn ended: when the lane may come again, and what holds it back, for people.
 *
 * @param notBefore the earliest next turn, or null where the lane's messages alone decide
 * @param heldBack what holds the lane back, or null
 * @param failed whether its backend could not send
 * @param lacksBackend whether no backend is installed
 */
record Rest(Instant notBefore, String heldBack, boolean failed, boolean lacksBackend) {

  static Rest of(Instant notBefore, String heldBack) {
    return new Rest(notBefore, heldBack, false, false);
  }

  static Rest failed(Instant notBefore, String heldBack) {
    return new Rest(notBefore, heldBack, true, false);
  }

  static Rest lacking(Instant notBefore, String heldBack) {
    return new Rest(notBefore, heldBack, false, true);
  }
}
