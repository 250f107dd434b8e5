// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.token;

import io.rookery.api.people.SessionAuthenticator;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.key.Base62;
import java.time.Duration;
import java.util.Locale;

/**
 * The tokens of people: a beginning by which scanners find them, 43 random characters (256 bits)
 * and a check.
 */
public enum TokenKind {
  /** Stands for the person on every request. */
  ACCESS(SessionAuthenticator.PREFIX, Duration.ofHours(1)),
  /** Gives the next two, once. */
  REFRESH("rky_refresh_", Duration.ofDays(30)),
  /** Says that the password was right, and that a code is wanted. */
  CHALLENGE("rky_challenge_", Duration.ofMinutes(5));

  private static final int RANDOM_LENGTH = 43;

  private final String prefix;
  private final Duration lifetime;

  TokenKind(String prefix, Duration lifetime) {
    this.prefix = prefix;
    this.lifetime = lifetime;
  }

  /** Returns how long a token of this kind works. */
  public Duration lifetime() {
    return lifetime;
  }

  /** Returns the kind as it is written in a row. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Makes a new token. */
  public Secret create() {
    return Secret.of(Base62.create(prefix, RANDOM_LENGTH));
  }

  /**
   * Returns what a token of this kind says.
   *
   * @throws RookeryException {@code unauthenticated} where it cannot be one
   */
  public String read(Secret token) {
    String text = token.reveal();
    if (!Base62.wellFormed(text, prefix, RANDOM_LENGTH)) {
      throw refused();
    }
    return text;
  }

  /** Returns the one answer to every token that does not work. */
  public static RookeryException refused() {
    return new RookeryException(
        CommonErrors.UNAUTHENTICATED, "The token is missing, broken, expired or ended; sign in");
  }
}
