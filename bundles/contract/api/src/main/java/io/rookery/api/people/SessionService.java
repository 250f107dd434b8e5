// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Signing in and out. Tokens are shown once; only digests are kept. What is refused for whatever
 * reason gets the same words after the same work, so that nobody learns whether there is an
 * account. Thread-safe.
 */
@ProviderType
public interface SessionService {

  /**
   * Signs a person in by password, to the tenant that is named by id or slug, else to the one
   * joined first. The oldest session ends where a person would have more than five.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where anything is wrong,
   *     {@code rate_limited} with a wait after five failures, {@code unavailable} with a wait while
   *     too many sign in at once
   */
  SignIn signIn(Credentials credentials, Origin origin);

  /**
   * Goes on signing in with a code of the second factor, or with a recovery code. Wrong codes count
   * as wrong passwords do.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where the challenge or the
   *     code is wrong; {@code rate_limited} as in {@link #signIn}; {@code unavailable} while the
   *     secret store cannot be asked for the code's secret
   */
  Tokens verify(Secret challenge, String code, Origin origin);

  /**
   * Gives new tokens for a refresh token, which is used up by it. One that comes a second time ends
   * its session, whoever has it.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where the token is broken,
   *     unknown, expired or used
   */
  Tokens refresh(Secret refreshToken, Origin origin);

  /**
   * Goes on in another tenant of the same person: begins a session there and ends the token's own,
   * both or neither. Where it is refused as not found, the session and its token go on.
   *
   * @param tenant the id or slug of a tenant; not null
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} as in {@link #refresh};
   *     {@code not_found} where the person is no member of such a tenant
   */
  Tokens enter(Secret refreshToken, String tenant, Origin origin);

  /** Returns the tenants of which the context's person is a member, those joined first first. */
  List<Belonging> belongings(TenantContext person);

  /** Returns the sessions of the context's person, newest first, at most five. */
  List<Session> list(TenantContext person);

  /**
   * Ends a session of the context's person within two seconds on every node. Repeating changes
   * nothing.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where the person has no such one
   */
  void end(TenantContext person, UUID id);

  /**
   * What a person signs in with.
   *
   * @param tenant the id or slug of a tenant, or null for the one joined first
   */
  record Credentials(String email, Secret password, String tenant) {}

  /**
   * What came of a right password: a session, or a question for the second factor.
   *
   * @param tokens the session's tokens, or null
   * @param challenge what to send along with a code, or null
   */
  record SignIn(Tokens tokens, Challenge challenge) {}

  /** A token that works for five minutes, with a code. */
  record Challenge(Secret token, Instant expiresAt) {}

  /** The tokens of a session. */
  record Tokens(
      UUID sessionId,
      UUID userId,
      UUID tenantId,
      Role role,
      Secret access,
      Instant accessExpiresAt,
      Secret refresh,
      Instant refreshExpiresAt) {}
}
