// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

/** A database that is there but must not be used; the message says what to change. */
public final class DatabaseRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseRefusedException(String message) {
    super(message);
  }
}
