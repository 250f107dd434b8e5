// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.ws.rs.core.MediaType;

/**
 * The short fields of a form, urlencoded or multipart (RFC 7578); what cannot be read is left out.
 */
final class FormFields {

  private static final Pattern NAME = Pattern.compile(";\\s*name=\"?([^\";\\r\\n]*)\"?");

  private final Map<String, String> values = new HashMap<>();

  private FormFields() {}

  static FormFields read(MediaType type, byte[] body) {
    FormFields form = new FormFields();
    String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
    String boundary = type == null ? null : type.getParameters().get("boundary");
    if (boundary == null) {
      form.readPairs(text);
    } else {
      form.readParts(text, boundary.replaceAll("^\"|\"$", ""));
    }
    return form;
  }

  String get(String name) {
    return values.get(name);
  }

  private void readPairs(String text) {
    for (String pair : text.strip().split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private void readParts(String text, String boundary) {
    for (String part : text.split(Pattern.quote("--" + boundary))) {
      String[] halves = part.split("\\r?\\n\\r?\\n", 2);
      Matcher name = NAME.matcher(halves[0]);
      if (halves.length == 2 && name.find()) {
        values.put(name.group(1), halves[1].strip());
      }
    }
  }
}
