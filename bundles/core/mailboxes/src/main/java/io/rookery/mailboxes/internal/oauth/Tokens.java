// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A mailbox's tokens as they stand in the secret store at {@code oauth/MAILBOX}.
 *
 * @param provider whose they are
 * @param expiresAt when the access token expires
 * @param claimedUntil until when the node that wrote this version is renewing them, or {@link
 *     Instant#EPOCH}
 */
record Tokens(
    String provider,
    Secret refreshToken,
    Secret accessToken,
    Instant expiresAt,
    Instant claimedUntil) {

  /** An access token with less than this left is renewed; a turn of a lane takes far less. */
  private static final Duration ENOUGH = Duration.ofMinutes(5);

  /** With less than this left it is not used even where none can be had. */
  private static final Duration LEAST = Duration.ofSeconds(75);

  /** Longer than a request and what goes to the secret store around it may take. */
  private static final Duration CLAIM = Duration.ofSeconds(60);

  /** For how long after its claim a renewal may still end: a stalled store, a node that starts. */
  private static final Duration AWAITED = Duration.ofMinutes(10);

  static String reference(UUID mailboxId) {
    return "oauth/" + mailboxId;
  }

  /** Takes what a provider gave at first; its refresh token must be there. */
  static Tokens of(String provider, Grant grant, Instant now) {
    Secret refresh = Objects.requireNonNull(grant.refreshToken(), "refreshToken");
    return new Tokens(
        provider, refresh, grant.accessToken(), now.plus(grant.lifetime()), Instant.EPOCH);
  }

  static Tokens of(SecretData data) {
    Map<String, Secret> fields = data.fields();
    return new Tokens(
        fields.get("provider").reveal(),
        fields.get("refresh_token"),
        fields.get("access_token"),
        Instant.parse(fields.get("expires_at").reveal()),
        Instant.parse(fields.get("claimed_until").reveal()));
  }

  SecretData toData() {
    return new SecretData(
        Map.of(
            "provider", Secret.of(provider),
            "refresh_token", refreshToken,
            "access_token", accessToken,
            "expires_at", Secret.of(expiresAt.toString()),
            "claimed_until", Secret.of(claimedUntil.toString())));
  }

  Tokens renewed(Grant grant, Instant now) {
    Secret refresh = grant.refreshToken() == null ? refreshToken : grant.refreshToken();
    return new Tokens(
        provider, refresh, grant.accessToken(), now.plus(grant.lifetime()), Instant.EPOCH);
  }

  Tokens claimed(Instant now) {
    return new Tokens(provider, refreshToken, accessToken, expiresAt, now.plus(CLAIM));
  }

  Tokens unclaimed() {
    return new Tokens(provider, refreshToken, accessToken, expiresAt, Instant.EPOCH);
  }

  /** Returns whether another node is renewing them. */
  boolean isClaimed(Instant now) {
    return claimedUntil.isAfter(now);
  }

  /**
   * Returns whether a node that claimed their renewal never said how it ended, and not long ago:
   * what it was given may yet come, and until then a refresh token that is void says nothing.
   */
  boolean isLeftBehind(Instant now) {
    return !claimedUntil.equals(Instant.EPOCH)
        && !isClaimed(now)
        && now.isBefore(claimedUntil.plus(AWAITED));
  }

  /**
   * Returns whether the access token need not be renewed.
   *
   * @param refused an access token that a server has refused, or null
   */
  boolean isFresh(Instant now, Secret refused) {
    return expiresAt.isAfter(now.plus(ENOUGH)) && !accessToken.equals(refused);
  }

  /** Returns whether the access token serves a little longer where no other can be had. */
  boolean isUsable(Instant now, Secret refused) {
    return expiresAt.isAfter(now.plus(LEAST)) && !accessToken.equals(refused);
  }
}
