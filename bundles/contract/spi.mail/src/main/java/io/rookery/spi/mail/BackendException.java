// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.time.Duration;
import java.util.Objects;

/** Says that an account cannot send now. */
public class BackendException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What keeps the account from sending. */
  public enum Kind {
    /** Not reachable, cut off, or not speaking the protocol. */
    CONNECTION,
    /** The credentials are refused. */
    AUTHENTICATION,
    /** The settings cannot work, such as TLS asked for and not offered. */
    CONFIGURATION,
    /** The other side asks to go slower. */
    THROTTLED
  }

  private final Kind kind;
  private final transient Reply reply;
  private final Duration retryAfter;

  /** Reports a failure; the reply may be null where nothing was said, and so may the cause. */
  public BackendException(Kind kind, String detail, Reply reply, Throwable cause) {
    this(kind, detail, reply, null, cause);
  }

  /** Reports a failure with the time after which to try again; null where that is not known. */
  public BackendException(
      Kind kind, String detail, Reply reply, Duration retryAfter, Throwable cause) {
    super(Objects.requireNonNull(detail, "detail"), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.reply = reply;
    this.retryAfter = retryAfter;
  }

  /** Returns what keeps the account from sending. */
  public Kind kind() {
    return kind;
  }

  /** Returns what the other side said, or null. */
  public Reply reply() {
    return reply;
  }

  /** Returns after what time to try again, or null where the other side did not say. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
