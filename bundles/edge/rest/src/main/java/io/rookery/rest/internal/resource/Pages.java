// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.ws.rs.core.Response;

/** The small pages that people see who follow a link in a mail. */
final class Pages {

  private static final String STYLE =
      "body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem}"
          + "button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.5rem;"
          + "background:#1d4ed8;color:#fff;cursor:pointer}"
          + "button:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}"
          + ":root{color-scheme:light dark}";
  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + digest(STYLE)
          + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  private Pages() {}

  /** Returns by what the policy knows the one style that these pages have (CSP 3 §6.7.3.4). */
  private static String digest(String style) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder().encodeToString(sha.digest(style.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Returns the answer with a page. */
  static Response html(int status, String page) {
    return Response.status(status)
        .entity(page)
        .type("text/html;charset=utf-8")
        .header("Content-Security-Policy", POLICY)
        .build();
  }

  /** Returns a page with a heading and a sentence, both plain text. */
  static String message(String title, String sentence) {
    return page(title, "<h1>" + escape(title) + "</h1><p>" + escape(sentence) + "</p>");
  }

  /** Returns a page around a body that is HTML already. */
  static String page(String title, String body) {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        + "<meta name=\"robots\" content=\"noindex\"><title>"
        + escape(title)
        + "</title><style>"
        + STYLE
        + "</style></head><body><main>"
        + body
        + "</main></body></html>";
  }

  /** Returns text as it may stand in HTML. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
