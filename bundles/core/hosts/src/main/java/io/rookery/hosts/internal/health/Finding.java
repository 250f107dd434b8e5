// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import io.rookery.api.hosts.HostCheck.State;

/** What a look came to; the fields mean what they mean in the record of the API. */
record Finding(State state, String code, String detail) {

  static Finding ok(String code, String detail) {
    return new Finding(State.OK, code, detail);
  }

  static Finding warning(String code, String detail) {
    return new Finding(State.WARNING, code, detail);
  }

  static Finding failed(String code, String detail) {
    return new Finding(State.FAILED, code, detail);
  }

  static Finding unknown(String code, String detail) {
    return new Finding(State.UNKNOWN, code, detail);
  }
}
