// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The one root of errors that Rookery reports on purpose. Its detail is shown to the caller, so it
 * says what to do and holds no secret; its cause is for the log alone.
 */
public class RookeryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final transient List<FieldError> errors;
  private final Duration retryAfter;

  /** Reports an error with a sentence for the caller. */
  public RookeryException(ErrorCode code, String detail) {
    this(code, detail, null, List.of(), null);
  }

  /** Reports an error that another one caused; the cause goes to the log only. */
  public RookeryException(ErrorCode code, String detail, Throwable cause) {
    this(code, detail, cause, List.of(), null);
  }

  private RookeryException(
      ErrorCode code, String detail, Throwable cause, List<FieldError> errors, Duration wait) {
    super(Objects.requireNonNull(detail, "detail"), cause);
    this.code = Objects.requireNonNull(code, "code");
    this.errors = List.copyOf(errors);
    this.retryAfter = wait;
  }

  /** Reports fields that do not hold what they should; the list is not empty. */
  public static RookeryException invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.get(0).detail()
            : errors.size() + " fields of the request are wrong";
    return new RookeryException(CommonErrors.VALIDATION_FAILED, detail, null, errors, null);
  }

  /** Reports one field that does not hold what it should. */
  public static RookeryException invalid(String pointer, String detail) {
    return invalid(List.of(new FieldError(pointer, detail)));
  }

  /** Reports that an object is not there, or not for this tenant: the two look alike. */
  public static RookeryException notFound(String what) {
    return new RookeryException(CommonErrors.NOT_FOUND, "There is no such " + what);
  }

  /** Reports that something cannot be had now and when to ask again; the cause may be null. */
  public static RookeryException unavailable(String detail, Duration wait, Throwable cause) {
    return new RookeryException(CommonErrors.UNAVAILABLE, detail, cause, List.of(), wait);
  }

  /** Reports that a caller asks too often and when to ask again. */
  public static RookeryException rateLimited(String detail, Duration wait) {
    return new RookeryException(CommonErrors.RATE_LIMITED, detail, null, List.of(), wait);
  }

  /** Returns the stable code, never null. */
  public ErrorCode code() {
    return code;
  }

  /** Returns the fields that are wrong; empty where the error is not about fields. */
  public List<FieldError> errors() {
    return errors;
  }

  /** Returns how long to wait before another try, or null where waiting does not help. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
