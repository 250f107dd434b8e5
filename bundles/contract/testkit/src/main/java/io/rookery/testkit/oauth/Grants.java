// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The codes and tokens that are out. Thread-safe. */
final class Grants {

  private final String clientId;
  private final String clientSecret;
  private final Clock clock;
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, String> refreshTokens = new HashMap<>();
  private final Map<String, Access> accessTokens = new HashMap<>();
  private Duration lifetime = Duration.ofHours(1);
  private boolean rotating;
  private boolean lasting = true;

  Grants(String clientId, String clientSecret, Clock clock) {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.clock = clock;
  }

  /** A code that was given to a browser. */
  private record Code(String user, String redirectUri, String challenge) {}

  /** An access token that is out. */
  private record Access(String user, Instant expiresAt) {}

  /** What to answer. */
  record Answer(int status, String json) {}

  synchronized void lifetime(Duration of) {
    lifetime = of;
  }

  synchronized void rotate() {
    rotating = true;
  }

  synchronized void withoutRefreshTokens() {
    lasting = false;
  }

  synchronized String code(Map<String, String> request, String user) {
    require(request.get("response_type"), "code");
    require(request.get("client_id"), clientId);
    require(request.get("code_challenge_method"), "S256");
    String code = "code-" + UUID.randomUUID();
    codes.put(code, new Code(user, request.get("redirect_uri"), request.get("code_challenge")));
    return code;
  }

  private static void require(String given, String wanted) {
    if (!wanted.equals(given)) {
      throw new IllegalArgumentException("Asked with " + given + " instead of " + wanted);
    }
  }

  synchronized void revoke(String user) {
    refreshTokens.values().removeIf(user::equals);
    accessTokens.values().removeIf(access -> access.user().equals(user));
  }

  synchronized String accessToken(String user) {
    String token = "access-" + UUID.randomUUID();
    accessTokens.put(token, new Access(user, clock.instant().plus(lifetime)));
    return token;
  }

  synchronized String userOf(String token) {
    Access access = accessTokens.get(token);
    return access == null || access.expiresAt().isBefore(clock.instant()) ? null : access.user();
  }

  synchronized Answer token(Map<String, String> form) {
    boolean known =
        clientId.equals(form.get("client_id")) && clientSecret.equals(form.get("client_secret"));
    if (!known) {
      return error(401, "invalid_client");
    }
    return switch (form.getOrDefault("grant_type", "")) {
      case "authorization_code" -> exchange(form);
      case "refresh_token" -> refresh(form.get("refresh_token"));
      default -> error(400, "unsupported_grant_type");
    };
  }

  private Answer exchange(Map<String, String> form) {
    Code code = codes.remove(form.get("code"));
    boolean right =
        code != null
            && code.redirectUri().equals(form.get("redirect_uri"))
            && code.challenge().equals(challenge(form.getOrDefault("code_verifier", "")));
    return right ? tokens(code.user(), newRefreshToken(code.user())) : error(400, "invalid_grant");
  }

  private Answer refresh(String refreshToken) {
    String user = refreshTokens.get(refreshToken);
    if (user == null) {
      return error(400, "invalid_grant");
    }
    if (!rotating) {
      return tokens(user, null);
    }
    refreshTokens.remove(refreshToken);
    return tokens(user, newRefreshToken(user));
  }

  private String newRefreshToken(String user) {
    if (!lasting) {
      return null;
    }
    String token = "refresh-" + UUID.randomUUID();
    refreshTokens.put(token, user);
    return token;
  }

  private Answer tokens(String user, String refreshToken) {
    String refresh = refreshToken == null ? "" : ",\"refresh_token\":\"" + refreshToken + "\"";
    return new Answer(
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d%s}"
            .formatted(accessToken(user), lifetime.toSeconds(), refresh));
  }

  private static Answer error(int status, String error) {
    return new Answer(
        status, "{\"error\":\"" + error + "\",\"error_description\":\"Not told to anybody\"}");
  }

  private static String challenge(String verifier) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
