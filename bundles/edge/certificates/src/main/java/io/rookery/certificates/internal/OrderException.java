// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.kernel.RookeryException;
import java.time.Instant;

/** An order that failed; the message is for operators. */
final class OrderException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Instant notBefore;

  OrderException(String message, Throwable cause) {
    this(message, null, cause);
  }

  /** With a time before which the authority takes no order at all, or null. */
  OrderException(String message, Instant notBefore, Throwable cause) {
    super(message, cause);
    this.notBefore = notBefore;
  }

  /** Returns whether our own side failed, such as a sealed store, which says nothing of a host. */
  boolean isOurs() {
    return getCause() instanceof RookeryException;
  }

  Instant notBefore() {
    return notBefore;
  }
}
