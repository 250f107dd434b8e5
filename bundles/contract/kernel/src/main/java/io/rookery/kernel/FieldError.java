// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.util.Objects;

/**
 * What is wrong with one field of a request.
 *
 * @param pointer a JSON Pointer (RFC 6901) to the field, such as {@code /contacts/3/email}
 * @param detail what is wrong and what to do, for people; never repeats a secret
 */
public record FieldError(String pointer, String detail) {

  /** Refuses an error that says nothing. */
  public FieldError {
    Objects.requireNonNull(pointer, "pointer");
    Objects.requireNonNull(detail, "detail");
  }
}
