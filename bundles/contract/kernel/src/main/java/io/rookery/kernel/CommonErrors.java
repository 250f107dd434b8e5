// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import io.rookery.kernel.ErrorCode.Kind;

/** The errors that any part may report. Areas add their own where a client must tell them apart. */
public final class CommonErrors {

  public static final ErrorCode INVALID_REQUEST = new ErrorCode("invalid_request", Kind.INVALID);
  public static final ErrorCode VALIDATION_FAILED =
      new ErrorCode("validation_failed", Kind.UNPROCESSABLE);
  public static final ErrorCode UNAUTHENTICATED =
      new ErrorCode("unauthenticated", Kind.UNAUTHENTICATED);
  public static final ErrorCode FORBIDDEN = new ErrorCode("forbidden", Kind.FORBIDDEN);
  public static final ErrorCode NOT_FOUND = new ErrorCode("not_found", Kind.NOT_FOUND);
  public static final ErrorCode CONFLICT = new ErrorCode("conflict", Kind.CONFLICT);
  public static final ErrorCode WRONG_STATE = new ErrorCode("wrong_state", Kind.CONFLICT);
  public static final ErrorCode ALREADY_DONE = new ErrorCode("already_done", Kind.CONFLICT);
  public static final ErrorCode IDEMPOTENCY_KEY_REUSED =
      new ErrorCode("idempotency_key_reused", Kind.UNPROCESSABLE);
  public static final ErrorCode IDEMPOTENCY_KEY_IN_USE =
      new ErrorCode("idempotency_key_in_use", Kind.CONFLICT);
  public static final ErrorCode PRECONDITION_FAILED =
      new ErrorCode("precondition_failed", Kind.PRECONDITION_FAILED);
  public static final ErrorCode TOO_LARGE = new ErrorCode("too_large", Kind.TOO_LARGE);
  public static final ErrorCode RATE_LIMITED = new ErrorCode("rate_limited", Kind.RATE_LIMITED);
  public static final ErrorCode UNAVAILABLE = new ErrorCode("unavailable", Kind.UNAVAILABLE);
  public static final ErrorCode INTERNAL = new ErrorCode("internal", Kind.INTERNAL);

  private CommonErrors() {}
}
