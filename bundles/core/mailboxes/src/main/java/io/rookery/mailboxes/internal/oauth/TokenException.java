// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

/**
 * Says that a provider gave no tokens. Its message holds nothing that the provider wrote freely.
 */
final class TokenException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why not, and so what is to be done. */
  enum Kind {
    /** The grant is withdrawn, used up or too old: a person has to consent again. */
    GONE,
    /** The operator's registration is refused: an operator has to look. */
    REGISTRATION,
    /** Not reachable, failing, or speaking nonsense: time helps. */
    UNAVAILABLE
  }

  private final Kind kind;

  TokenException(Kind kind, String detail, Throwable cause) {
    super(detail, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
