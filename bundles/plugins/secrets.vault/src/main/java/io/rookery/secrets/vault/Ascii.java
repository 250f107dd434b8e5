// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * An answer whose text holds ASCII alone: what is beyond stands as JSON escapes (RFC 8259 §7). The
 * driver turns texts into bytes by Java's default charset and reads them as UTF-8, which under a
 * POSIX locale loses every other letter of a secret.
 */
record Ascii<T>(HttpResponse<T> answer, T body) implements HttpResponse<T> {

  @SuppressWarnings("unchecked")
  static <T> HttpResponse<T> of(HttpResponse<T> answer) {
    return answer.body() instanceof String text && !text.chars().allMatch(c -> c < 0x80)
        ? new Ascii<>(answer, (T) escaped(text))
        : answer;
  }

  /** Only strings of a JSON text hold such letters, so that each may be escaped where it stands. */
  static String escaped(String text) {
    StringBuilder ascii = new StringBuilder(text.length() * 2);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii.append(c);
      } else {
        ascii.append(String.format("\\u%04x", (int) c));
      }
    }
    return ascii.toString();
  }

  @Override
  public int statusCode() {
    return answer.statusCode();
  }

  @Override
  public HttpRequest request() {
    return answer.request();
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return answer.previousResponse();
  }

  @Override
  public HttpHeaders headers() {
    return answer.headers();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return answer.sslSession();
  }

  @Override
  public URI uri() {
    return answer.uri();
  }

  @Override
  public Version version() {
    return answer.version();
  }

  @Override
  public String toString() {
    return "Answer " + statusCode();
  }
}
