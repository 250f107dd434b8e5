// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import io.rookery.kernel.FieldError;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The operator's registration at a provider (RFC 6749 §2).
 *
 * @param name by which callers name the provider
 * @param id the client id
 * @param secretReference where the client's secret stands below the platform's secrets, or null
 * @param authorizationEndpoint where people consent
 * @param tokenEndpoint where tokens are given, HTTPS as RFC 6749 §3.2 has it
 * @param scopes spaces between; may be empty
 * @param parameters further parameters of the authorization request, already encoded; may be empty
 * @param redirectUri where the provider sends people back to
 * @param hosts the mail servers that may be shown its tokens, in lower case
 */
record Client(
    String name,
    String id,
    String secretReference,
    URI authorizationEndpoint,
    URI tokenEndpoint,
    String scopes,
    String parameters,
    URI redirectUri,
    Set<String> hosts) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern PARAMETERS = Pattern.compile("([\\w.%~+-]+=[\\w.%~+-]*&?)*");

  /** Reads a file; {@link IllegalArgumentException} says which key cannot work. */
  static Client of(ClientConfiguration file) {
    require(NAME.matcher(file.name()).matches(), "name");
    require(PARAMETERS.matcher(file.parameters()).matches(), "parameters");
    return new Client(
        file.name(),
        file.client__id(),
        file.client__secret().isBlank() ? null : file.client__secret().strip(),
        https(file.authorization__endpoint(), "authorization_endpoint"),
        https(file.token__endpoint(), "token_endpoint"),
        file.scopes().strip(),
        file.parameters().strip(),
        redirect(file.redirect__uri()),
        hosts(file.hosts()));
  }

  /** Returns what keeps this provider's tokens from a server; empty where it may have them. */
  Optional<FieldError> objection(TokenReceiver receiver) {
    if (receiver.host() == null || !hosts.contains(receiver.host())) {
      return Optional.of(
          new FieldError(
              "/settings/host",
              "Access tokens of "
                  + name
                  + " go to the operator's hosts for it alone: "
                  + String.join(", ", new TreeSet<>(hosts))));
    }
    return receiver.secured()
        ? Optional.empty()
        : Optional.of(
            new FieldError("/settings/security", "Access tokens go over TLS alone, not over none"));
  }

  private static Set<String> hosts(String text) {
    Set<String> hosts = new TreeSet<>();
    Arrays.stream(text.split(","))
        .map(host -> host.strip().toLowerCase(Locale.ROOT))
        .filter(host -> !host.isEmpty())
        .forEach(hosts::add);
    require(!hosts.isEmpty() && hosts.stream().allMatch(HOST.asMatchPredicate()), "hosts");
    return Set.copyOf(hosts);
  }

  private static URI https(String text, String key) {
    URI uri = uri(text, key);
    require("https".equals(uri.getScheme()), key);
    return uri;
  }

  /** May be HTTP for a platform that is tried out on somebody's own machine (RFC 8252 §7.3). */
  private static URI redirect(String text) {
    URI uri = uri(text, "redirect_uri");
    require("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()), "redirect_uri");
    return uri;
  }

  private static URI uri(String text, String key) {
    URI uri;
    try {
      uri = URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw wrong(key);
    }
    require(
        uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null, key);
    return uri;
  }

  private static void require(boolean holds, String key) {
    if (!holds) {
      throw wrong(key);
    }
  }

  private static IllegalArgumentException wrong(String key) {
    return new IllegalArgumentException(
        "The key " + key + " of an OAuth 2 client is missing or cannot work");
  }
}
