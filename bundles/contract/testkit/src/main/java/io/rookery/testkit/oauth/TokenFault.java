// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.oauth;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a token server answers instead of tokens. */
public enum TokenFault {
  /** It works. */
  NONE(200, ""),
  /** It takes the request and says nothing until it is closed. */
  SILENT(0, ""),
  /** It is overloaded. */
  BUSY(503, "{\"error\":\"temporarily_unavailable\"}"),
  /** It has an error that is no matter of ours, in the words of one that is. */
  BROKEN(500, "{\"error\":\"invalid_grant\"}"),
  /** Somebody else answers in its place. */
  GARBAGE(200, "<html><body>Welcome to the hotel</body></html>"),
  /** It answers with more than anybody should read. */
  HUGE(200, "{\"access_token\":\"" + "x".repeat(100_000) + "\"}"),
  /** It sends elsewhere, where nobody is to follow with a secret. */
  ELSEWHERE(307, "{}"),
  /** It gives a token that would break out of the line it is put in. */
  UNSAFE(200, "{\"access_token\":\"a\\u0001b\",\"token_type\":\"Bearer\",\"expires_in\":3600}"),
  /** It does not know the client. */
  UNKNOWN_CLIENT(401, "{\"error\":\"invalid_client\"}");

  private final int status;
  private final String body;

  TokenFault(int status, String body) {
    this.status = status;
    this.body = body;
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Location", "https://elsewhere.example/token");
    // Of unknown length, so in chunks.
    exchange.sendResponseHeaders(status, 0);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
