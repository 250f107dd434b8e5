// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.plugin;

import java.io.IOException;

/** Says that a destination is not allowed; its message tells the operator how to allow it. */
public class EgressRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Reports a refusal; the message never repeats what the peer said. */
  public EgressRefusedException(String message) {
    super(message);
  }
}
