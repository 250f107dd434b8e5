// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.console;

import io.rookery.api.people.SessionService.Tokens;
import io.rookery.spi.plugin.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.core.Cookie;

/**
 * The cookie that holds a person's refresh token, where no script can read it. It goes to the
 * page's own door alone, and with no request that another site makes (RFC 6265 §4.1.2, SameSite).
 */
final class ConsoleCookie {

  /** By HTTPS a browser takes a cookie of this name with Secure alone. */
  private static final String OVER_TLS = "__Secure-rookery";

  private static final String PLAIN = "rookery";
  private static final String PATH = "/console";

  private final Clock clock;

  ConsoleCookie(Clock clock) {
    this.clock = clock;
  }

  /** Returns the token of the cookie that fits how the request came. */
  static Optional<Secret> read(Map<String, Cookie> cookies, boolean secure) {
    return Optional.ofNullable(cookies.get(name(secure)))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty())
        .map(Secret::of);
  }

  /** Returns the value of Set-Cookie that keeps a token for as long as it works. */
  String keep(Tokens tokens, boolean secure) {
    long seconds =
        Math.max(0, Duration.between(clock.instant(), tokens.refreshExpiresAt()).toSeconds());
    return write(tokens.refresh().reveal(), seconds, secure);
  }

  /** Returns the value of Set-Cookie that has the browser forget it. */
  static String forget(boolean secure) {
    return write("", 0, secure);
  }

  private static String write(String value, long seconds, boolean secure) {
    return name(secure)
        + "="
        + value
        + "; Path="
        + PATH
        + "; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }

  private static String name(boolean secure) {
    return secure ? OVER_TLS : PLAIN;
  }
}
