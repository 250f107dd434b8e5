// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The stable name of an error, by which clients tell one from another.
 *
 * @param name lower-case words joined by underscores; a plugin's own begin with its name and a dot
 * @param kind what sort of error it is, which decides the HTTP status
 */
public record ErrorCode(String name, Kind kind) {

  private static final Pattern NAME = Pattern.compile("([a-z0-9-]+\\.)*[a-z][a-z0-9_]*");

  /** The sorts of errors, with the HTTP status (RFC 9110) that each maps to. */
  public enum Kind {
    INVALID(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    CONFLICT(409),
    GONE(410),
    PRECONDITION_FAILED(412),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    UNPROCESSABLE(422),
    PRECONDITION_REQUIRED(428),
    RATE_LIMITED(429),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** Returns the HTTP status of this kind. */
    public int status() {
      return status;
    }
  }

  /** Checks the name's form. */
  public ErrorCode {
    Objects.requireNonNull(kind, "kind");
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Not an error code's name: " + name);
    }
  }

  /** Returns the stable URI of this error, used as the type of a problem (RFC 9457). */
  public URI type() {
    return URI.create("urn:rookery:problem:" + name);
  }
}
