// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.mailboxes.internal.oauth.TokenException.Kind;
import io.rookery.spi.plugin.EgressRefusedException;
import io.rookery.spi.plugin.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Asks providers for tokens (RFC 6749 §4.1.3 and §6). The client's secret goes into the form, which
 * Google and Microsoft describe as their way. Thread-safe.
 */
final class TokenEndpoint {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Visible ASCII (RFC 6750 §2.1 has less), so that none can break out of a line it is put in. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

  /** Errors by which a provider says that a person has to consent again. */
  private static final Set<String> GONE =
      Set.of(
          "invalid_grant",
          "access_denied",
          "consent_required",
          "interaction_required",
          "login_required");

  private static final Duration LONGEST = Duration.ofDays(1);

  /** Where the provider does not say; both large ones say about an hour. */
  private static final Duration USUAL = Duration.ofMinutes(30);

  private final GuardedHttps https;

  TokenEndpoint(GuardedHttps https) {
    this.https = https;
  }

  /** Turns a code into tokens; the secret is null for a client without one. */
  Grant exchange(Client client, Secret secret, String code, String verifier) throws TokenException {
    Map<String, String> form = form(client, secret);
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", client.redirectUri().toString());
    form.put("code_verifier", verifier);
    return ask(client, form);
  }

  /** Turns a refresh token into a new access token. */
  Grant refresh(Client client, Secret secret, Secret refreshToken) throws TokenException {
    Map<String, String> form = form(client, secret);
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken.reveal());
    return ask(client, form);
  }

  private static Map<String, String> form(Client client, Secret secret) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", client.id());
    if (secret != null) {
      form.put("client_secret", secret.reveal());
    }
    return form;
  }

  static String encode(Map<String, String> form) {
    StringBuilder text = new StringBuilder();
    form.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return text.toString();
  }

  private Grant ask(Client client, Map<String, String> form) throws TokenException {
    HttpAnswer answer;
    try {
      answer = https.post(client.tokenEndpoint(), encode(form));
    } catch (EgressRefusedException e) {
      throw new TokenException(
          Kind.REGISTRATION, "The token endpoint of " + client.name() + " may not be reached", e);
    } catch (IOException e) {
      throw unavailable(client, "does not answer now as it should", e);
    }
    JsonNode told = read(client, answer);
    if (answer.status() / 100 == 2) {
      return grant(client, told);
    }
    throw refusal(client, answer.status(), told.path("error").asText(""));
  }

  /** The parser's own message would quote the answer. */
  private static JsonNode read(Client client, HttpAnswer answer) throws TokenException {
    JsonNode told = null;
    try {
      told = JSON.readTree(answer.body());
    } catch (IOException e) {
      // Said below, as for what is JSON and no object.
    }
    if (told == null || !told.isObject()) {
      throw unavailable(client, "answered " + answer.status() + " without saying anything", null);
    }
    return told;
  }

  private static TokenException refusal(Client client, int status, String error) {
    if (status / 100 != 4 || status == 429 || !error.matches("[a-z_]{1,60}")) {
      return unavailable(client, "answered " + status, null);
    }
    if (GONE.contains(error)) {
      return new TokenException(Kind.GONE, "The provider says " + error, null);
    }
    if (error.equals("temporarily_unavailable") || error.equals("server_error")) {
      return unavailable(client, "says " + error, null);
    }
    return new TokenException(
        Kind.REGISTRATION,
        "The operator's registration at " + client.name() + " is refused: " + error,
        null);
  }

  private static Grant grant(Client client, JsonNode told) throws TokenException {
    String access = told.path("access_token").asText("");
    String refresh = told.path("refresh_token").asText("");
    boolean bearer = told.path("token_type").asText("").equalsIgnoreCase("bearer");
    boolean whole = refresh.isEmpty() || TOKEN.matcher(refresh).matches();
    if (!bearer || !whole || !TOKEN.matcher(access).matches()) {
      throw unavailable(client, "gave no bearer token", null);
    }
    long seconds = told.path("expires_in").asLong(USUAL.toSeconds());
    return new Grant(
        Secret.of(access),
        refresh.isEmpty() ? null : Secret.of(refresh),
        Duration.ofSeconds(Math.max(0, Math.min(LONGEST.toSeconds(), seconds))));
  }

  private static TokenException unavailable(Client client, String what, Throwable cause) {
    return new TokenException(
        Kind.UNAVAILABLE, "The token endpoint of " + client.name() + " " + what, cause);
  }
}
