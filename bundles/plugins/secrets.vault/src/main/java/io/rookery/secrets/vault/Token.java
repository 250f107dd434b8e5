// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.response.AuthResponse;
import io.rookery.spi.plugin.Secret;

/**
 * A token that a sign-in gave.
 *
 * @param value the token itself
 * @param seconds how long it lasts from then on; 0 without end
 * @param renewable whether it can be renewed
 * @param madeAt when it was given, by the monotonic clock
 */
record Token(Secret value, long seconds, boolean renewable, long madeAt) {

  static Token of(AuthResponse answer) {
    String value = answer.getAuthClientToken();
    if (value == null || value.isEmpty()) {
      throw Failures.unreachable("The server answered a sign-in without a token", null);
    }
    return new Token(
        Secret.of(value),
        answer.getAuthLeaseDuration(),
        answer.isAuthRenewable(),
        System.nanoTime());
  }

  /** Returns whether another, which may be null, is the same token, renewed or not. */
  boolean sameAs(Token other) {
    return other != null && value.equals(other.value());
  }
}
