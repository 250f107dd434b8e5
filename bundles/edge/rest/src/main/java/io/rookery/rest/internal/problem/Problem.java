// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.FieldError;
import java.net.URI;
import java.util.List;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type the stable URI of the error
 * @param title the error in a few words, the same each time
 * @param status the HTTP status
 * @param detail what to do about it here
 * @param code the stable name of the error
 * @param requestId the id to name when asking for help
 * @param errors the fields that are wrong; left out where the error is not about fields
 * @param retryAfterSeconds when to try again, for Retry-After, or null; not part of the JSON
 */
public record Problem(
    URI type,
    String title,
    int status,
    String detail,
    String code,
    String requestId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Field> errors,
    @JsonIgnore Long retryAfterSeconds) {

  /** A field that is wrong: a JSON pointer (RFC 6901) to it, and what to do. */
  public record Field(String pointer, String detail) {}

  static Problem of(ErrorCode code, int status, String detail) {
    return new Problem(
        code.type(), title(code.name()), status, detail, code.name(), null, List.of(), null);
  }

  /** Returns what is answered where nobody is there yet, or any more, to answer a request. */
  public static Problem unavailable(String detail, String requestId) {
    return of(CommonErrors.UNAVAILABLE, 503, detail).withRequestId(requestId);
  }

  Problem withRequestId(String id) {
    return new Problem(type, title, status, detail, code, id, errors, retryAfterSeconds);
  }

  Problem withErrors(List<FieldError> fields, Long wait) {
    List<Field> wrong = fields.stream().map(e -> new Field(e.pointer(), e.detail())).toList();
    return new Problem(type, title, status, detail, code, requestId, wrong, wait);
  }

  private static String title(String name) {
    String words = name.substring(name.lastIndexOf('.') + 1).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
