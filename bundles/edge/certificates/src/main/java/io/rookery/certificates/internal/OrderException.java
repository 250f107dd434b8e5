// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.kernel.RookeryException;
import java.time.Instant;

/** An order that failed; the message is for operators. */
final class OrderException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Instant notBefore;
  private final boolean issued;

  OrderException(String message, Throwable cause) {
    this(message, null, cause);
  }

  /** With a time before which the authority takes no order for the host, or null. */
  OrderException(String message, Instant notBefore, Throwable cause) {
    this(message, notBefore, cause, false);
  }

  private OrderException(String message, Instant notBefore, Throwable cause, boolean issued) {
    super(message, cause);
    this.notBefore = notBefore;
    this.issued = issued;
  }

  /** Reports a certificate that was issued, which counts at the authority, and is lost. */
  static OrderException lost(Throwable cause) {
    return new OrderException(
        "The certificate was issued and cannot be kept: " + told(cause), null, cause, true);
  }

  /** Reports what nobody foresaw. */
  static OrderException unforeseen(RuntimeException cause) {
    return new OrderException("The order failed: " + told(cause), null, cause, false);
  }

  /** Returns what a failure says, or its name where it says nothing. */
  static String told(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message;
  }

  /**
   * Returns whether our own side failed, such as a sealed store, which says nothing of a host. Once
   * the authority has issued something it is not ours alone.
   */
  boolean isOurs() {
    return !issued && getCause() instanceof RookeryException;
  }

  Instant notBefore() {
    return notBefore;
  }
}
