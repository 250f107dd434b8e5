// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import java.util.Objects;

/** Says that a secret store did not do what it was asked. Its message holds no secret. */
public class SecretStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why a store did not do what it was asked. */
  public enum Kind {
    /** Another version was written in between. */
    CONFLICT,
    /** Sealed; an operator has to unseal it. */
    SEALED,
    /** Not reachable, or it failed. */
    UNREACHABLE,
    /** Our sign-in or policy does not allow it. */
    DENIED,
    /** What is kept there cannot be read: damaged, or under another master key. */
    UNREADABLE
  }

  private final Kind kind;

  /** Reports a failure; the cause may be null. */
  public SecretStoreException(Kind kind, String detail, Throwable cause) {
    super(Objects.requireNonNull(detail, "detail"), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** Returns why. */
  public Kind kind() {
    return kind;
  }
}
