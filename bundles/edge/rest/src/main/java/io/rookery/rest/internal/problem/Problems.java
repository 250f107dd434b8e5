// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.problem;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.ErrorCode.Kind;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.filter.Exchanges;
import java.util.Map;
import java.util.zip.ZipException;
import javax.ws.rs.WebApplicationException;
import org.apache.cxf.interceptor.Fault;

/** Turns an error into a problem. What is not known becomes a bare 500. */
final class Problems {

  private static final Map<Integer, ErrorCode> BY_STATUS =
      Map.of(
          400, CommonErrors.INVALID_REQUEST,
          401, CommonErrors.UNAUTHENTICATED,
          403, CommonErrors.FORBIDDEN,
          404, CommonErrors.NOT_FOUND,
          405, new ErrorCode("method_not_allowed", Kind.METHOD_NOT_ALLOWED),
          406, new ErrorCode("not_acceptable", Kind.NOT_ACCEPTABLE),
          413, CommonErrors.TOO_LARGE,
          415, new ErrorCode("unsupported_media_type", Kind.UNSUPPORTED_MEDIA_TYPE),
          503, CommonErrors.UNAVAILABLE);

  private static final Map<Integer, String> DETAILS =
      Map.of(
          404, "There is nothing at this address",
          405, "The method is not one that Allow lists",
          406, "Nothing that Accept names can be sent",
          415, "The Content-Type is not one that can be read here");

  private Problems() {}

  /** Returns the error that others merely wrap. */
  static Throwable cause(Throwable error) {
    Throwable cause = error;
    while (cause instanceof Fault && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  static Problem of(Throwable error) {
    if (error instanceof RookeryException own) {
      return of(own);
    }
    if (error instanceof WebApplicationException web) {
      return of(web.getResponse().getStatus());
    }
    if (error instanceof ZipException || error instanceof java.io.EOFException) {
      return Problem.of(CommonErrors.INVALID_REQUEST, 400, "The body is not whole or not gzip");
    }
    if (error instanceof IllegalArgumentException && Exchanges.method() == null) {
      // Nothing of ours has run yet: it is CXF that cannot read the query.
      return Problem.of(
          CommonErrors.INVALID_REQUEST,
          400,
          "The address or a header is malformed; two hexadecimal digits must follow each %");
    }
    return internal();
  }

  private static Problem of(RookeryException error) {
    int status = error.code().kind().status();
    if (status == 500) {
      return internal();
    }
    Long wait =
        error.retryAfter() == null
            ? null
            : Math.max(1, error.retryAfter().plusMillis(999).toSeconds());
    return Problem.of(error.code(), status, error.getMessage()).withErrors(error.errors(), wait);
  }

  private static Problem of(int status) {
    ErrorCode code = BY_STATUS.get(status);
    if (code != null) {
      return Problem.of(code, status, DETAILS.getOrDefault(status, "The request cannot be met"));
    }
    return status >= 400 && status < 500
        ? Problem.of(CommonErrors.INVALID_REQUEST, status, "The request cannot be met")
        : internal();
  }

  private static Problem internal() {
    return Problem.of(
        CommonErrors.INTERNAL,
        500,
        "Something went wrong here; name the request id to ask about it");
  }
}
