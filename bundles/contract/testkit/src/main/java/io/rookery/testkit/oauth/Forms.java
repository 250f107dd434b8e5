// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.oauth;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Forms as they stand in queries and bodies. */
final class Forms {

  private Forms() {}

  static Map<String, String> parse(String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : form.split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
    }
    return fields;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Returns where a browser is sent back to (RFC 6749 §4.1.2). */
  static URI redirect(Map<String, String> request, String name, String value) {
    String uri = request.get("redirect_uri");
    return URI.create(
        uri
            + (uri.indexOf('?') < 0 ? "?" : "&")
            + name
            + "="
            + URLEncoder.encode(value, StandardCharsets.UTF_8)
            + "&state="
            + URLEncoder.encode(request.get("state"), StandardCharsets.UTF_8));
  }
}
