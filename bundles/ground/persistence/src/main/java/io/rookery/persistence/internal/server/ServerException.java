// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

/** The embedded server cannot be had; the message says what the operator should change. */
public final class ServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerException(String message) {
    super(message);
  }

  ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
