// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.github.jopenlibs.vault.json.ParseException;
import io.github.jopenlibs.vault.rest.RestResponse;
import java.nio.charset.StandardCharsets;

/**
 * What the server said. Prints its status alone.
 *
 * @param status the HTTP status
 * @param body the JSON object; empty where there was none
 */
record Answer(int status, JsonObject body) {

  static Answer of(RestResponse response) {
    byte[] bytes = response.getBody();
    return of(response.getStatus(), new String(bytes, StandardCharsets.UTF_8));
  }

  static Answer of(int status, String text) {
    try {
      JsonValue value = text.isBlank() ? new JsonObject() : Json.parse(text);
      if (value.isObject()) {
        return new Answer(status, value.asObject());
      }
    } catch (ParseException e) {
      // Not a server of this kind, or a proxy before it: below.
    }
    return new Answer(status < 300 ? 502 : status, new JsonObject());
  }

  boolean done() {
    return status >= 200 && status < 300;
  }

  /**
   * Returns whether what was asked for does not exist, or is deleted. Where it is the mount or the
   * namespace that does not exist the server says so in words, and a proxy says neither.
   */
  boolean absent() {
    return status == 404
        && words().isEmpty()
        && (body.get("errors") != null || body.get("data") != null);
  }

  /** Returns {@code data}, empty where there is none. */
  JsonObject data() {
    return object(body, "data");
  }

  static JsonObject object(JsonObject parent, String name) {
    JsonValue value = parent.get(name);
    return value != null && value.isObject() ? value.asObject() : new JsonObject();
  }

  /** Returns why the server refused, in its own words; they may hold anything. */
  String words() {
    JsonValue errors = body.get("errors");
    if (errors == null || !errors.isArray()) {
      return "";
    }
    StringBuilder all = new StringBuilder();
    for (JsonValue error : errors.asArray()) {
      all.append(all.isEmpty() ? "" : "; ").append(error.isString() ? error.asString() : error);
    }
    return all.toString();
  }

  @Override
  public String toString() {
    return "Answer " + status;
  }
}
