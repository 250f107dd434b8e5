// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * Turns what the driver, the pool and JPA throw into what callers may see. By SQLSTATE (PostgreSQL
 * manual, appendix A); the database's own words never reach a caller, as they repeat data.
 */
final class ErrorTranslation {

  private static final String DISK_FULL = "53100";
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(5);

  private ErrorTranslation() {}

  /** Returns the error to throw; one that Rookery reports on purpose passes unchanged. */
  static RookeryException translate(Exception failure) {
    if (failure instanceof RookeryException own) {
      return own;
    }
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof RookeryException own) {
        return own;
      }
      if (cause instanceof SQLException sql) {
        return ofDatabase(sql, failure);
      }
    }
    return internal(failure);
  }

  /** Returns whether the database's disk is full. */
  static boolean noRoom(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static Throwable next(Throwable failure) {
    return failure.getCause() == failure ? null : failure.getCause();
  }

  private static RookeryException ofDatabase(SQLException sql, Exception failure) {
    if (sql instanceof SQLTransientConnectionException) {
      return unreachable(failure);
    }
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    return switch (state) {
      case "23505" ->
          new RookeryException(CommonErrors.CONFLICT, "There is one like it already", failure);
      case "23503" ->
          new RookeryException(
              CommonErrors.CONFLICT, "Something that this refers to is gone or in use", failure);
      case "40001", "40P01", "55P03" ->
          RookeryException.unavailable(
              "Somebody else is changing the same; try again", SOON, failure);
      case "57014" ->
          RookeryException.unavailable("The database takes too long for this now", LATER, failure);
      case "22021", "22P05" ->
          new RookeryException(
              CommonErrors.INVALID_REQUEST,
              "A text holds a character that cannot be kept; leave out U+0000",
              failure);
      case "22008" ->
          new RookeryException(
              CommonErrors.INVALID_REQUEST,
              "A time cannot be kept; give one of the years 0001 to 9999",
              failure);
      default -> away(state) ? unreachable(failure) : internal(failure);
    };
  }

  /**
   * Connections lost or refused, resources exhausted, files that cannot be written, the server
   * going down or read-only.
   */
  private static boolean away(String state) {
    return state.startsWith("08")
        || state.startsWith("53")
        || state.equals("58030")
        || state.startsWith("57P")
        || state.equals("25P03")
        || state.equals("25006");
  }

  private static RookeryException unreachable(Exception failure) {
    return RookeryException.unavailable("The database cannot be had now", LATER, failure);
  }

  private static RookeryException internal(Exception failure) {
    return new RookeryException(CommonErrors.INTERNAL, "Something went wrong here", failure);
  }
}
