// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.token.FreshToken;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** The two tokens that a session has at a time. */
public record TokenPair(FreshToken access, FreshToken refresh) {

  private static final String INSERT =
      """
      insert into platform.session_token (digest, session_id, kind, key_id, expires_at)
      values (?, ?, ?, ?, ?)
      """;

  /** Makes new ones. */
  public static TokenPair create(KeyDigests digests, Instant now) {
    return new TokenPair(
        FreshToken.of(TokenKind.ACCESS, digests, now),
        FreshToken.of(TokenKind.REFRESH, digests, now));
  }

  /** Keeps their digests. */
  void insert(Connection connection, UUID sessionId) throws SQLException {
    for (FreshToken token : new FreshToken[] {access, refresh}) {
      Sql.update(
          connection,
          INSERT,
          token.digest().digest(),
          sessionId,
          token.kind().wire(),
          token.digest().pepperId(),
          token.expiresAt());
    }
  }
}
