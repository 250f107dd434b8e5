// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import io.rookery.itests.isolation.Operation.Reference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A request, ready to be sent with whichever key, as often as wanted.
 *
 * @param method the HTTP method
 * @param template the path with its parameters in braces
 * @param ids the values of the path's parameters, in order
 * @param query the query parameters
 * @param body a map for a JSON object, a string for CSV, or null
 * @param idempotencyKey the same for every sending, so that "the same request" is meant literally
 */
public record Call(
    String method,
    String template,
    List<String> ids,
    Map<String, String> query,
    Object body,
    String idempotencyKey) {

  public static Call get(String template, String... ids) {
    return new Call("GET", template, List.of(ids), Map.of(), null, UUID.randomUUID().toString());
  }

  /** Returns the path with its parameters filled in and its query. */
  public String path() {
    String path = template;
    for (String id : ids) {
      path = path.replaceFirst("\\{[^}]+}", id);
    }
    StringBuilder text = new StringBuilder(path);
    query.forEach(
        (name, value) ->
            text.append(text.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return text.toString();
  }

  /** Returns the call with another id in one place of its path. */
  public Call withId(int place, String id) {
    List<String> others = new ArrayList<>(ids);
    others.set(place, id);
    return new Call(method, template, others, query, body, idempotencyKey);
  }

  /** Returns the call with ids that nobody has; numbers in its path stay. */
  public Call withUnknownIds() {
    Call call = this;
    for (int i = 0; i < ids.size(); i++) {
      call = namesObject(i) ? call.withId(i, UUID.randomUUID().toString()) : call;
    }
    return call.again();
  }

  /** Returns whether a place of the path names an object, and is no number of a version. */
  public boolean namesObject(int place) {
    return !ids.get(place).chars().allMatch(Character::isDigit);
  }

  public Call keyed(String key) {
    return new Call(method, template, ids, query, body, key);
  }

  /** Returns the call as a request of its own. */
  public Call again() {
    return new Call(method, template, ids, query, body, UUID.randomUUID().toString());
  }

  public Call withQuery(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(query);
    changed.put(name, value);
    return new Call(method, template, ids, changed, body, idempotencyKey);
  }

  /** Returns the call, as a request of its own, with an id in a place that takes one. */
  public Call with(Reference reference, String id) {
    if (reference.query()) {
      return withQuery(reference.name(), id).again();
    }
    Map<String, Object> changed = new LinkedHashMap<>();
    if (body instanceof Map<?, ?> members) {
      members.forEach((name, value) -> changed.put((String) name, value));
    }
    changed.put(reference.name(), reference.many() ? List.of(id) : id);
    return new Call(method, template, ids, query, changed, UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return method + " " + path();
  }
}
