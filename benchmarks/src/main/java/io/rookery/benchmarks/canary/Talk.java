// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends requests and keeps every answer. What an answer shows once, such as a new key, becomes a
 * mark and may stand in that answer alone.
 */
final class Talk {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SECRETS =
      Set.of("secret", "access_token", "refresh_token", "token", "uri", "recovery_codes");

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final URI root;
  private final Marks marks;
  private final List<Answer> answers = new ArrayList<>();

  Talk(URI root, Marks marks) {
    this.root = root;
    this.marks = marks;
  }

  /**
   * A request.
   *
   * @param method the HTTP method
   * @param path from the root, with its query
   * @param headers besides those of HTTP itself
   * @param body what is sent, or null
   */
  record Ask(String method, String path, Map<String, String> headers, String body) {}

  /**
   * An answer.
   *
   * @param to what was asked for
   * @param status its status
   * @param head its headers, as text
   * @param body its body
   * @param shown the secrets that it was to show
   */
  record Answer(Ask to, int status, String head, String body, Set<String> shown) {

    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    boolean succeeded() {
      return status / 100 == 2;
    }

    /** Returns all that it says besides what it was to show. */
    String told() {
      String told = head + body;
      for (String secret : shown) {
        told = told.replace(secret, "");
      }
      return told;
    }
  }

  /** Sends a request with a key, or a token, and a body as JSON; each may be null. */
  Answer ask(String method, String path, String key, String body) throws Exception {
    Map<String, String> headers =
        key == null
            ? Map.of("Content-Type", "application/json")
            : Map.of("Content-Type", "application/json", "Authorization", "Bearer " + key);
    return ask(new Ask(method, path, headers, body));
  }

  /** Sends a request. */
  Answer ask(Ask ask) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + ask.path().substring(1)))
            .timeout(Duration.ofMinutes(2))
            .method(
                ask.method(),
                ask.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(ask.body(), StandardCharsets.UTF_8));
    ask.headers().forEach(request::header);
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    String head = response.headers().map().toString();
    Set<String> shown = new LinkedHashSet<>();
    if (response.statusCode() / 100 == 2 && response.body().startsWith("{")) {
      learn(ask, JSON.readTree(response.body()), shown);
    }
    Answer answer = new Answer(ask, response.statusCode(), head, response.body(), shown);
    answers.add(answer);
    return answer;
  }

  private void learn(Ask ask, JsonNode node, Set<String> shown) {
    node.properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (SECRETS.contains(member.getKey()) && value.isTextual()) {
                learn(ask, member.getKey(), value.asText(), shown);
              } else if (SECRETS.contains(member.getKey()) && value.isArray()) {
                value.forEach(one -> learn(ask, member.getKey(), one.asText(), shown));
              } else {
                learn(ask, value, shown);
              }
            });
  }

  /** A secret that comes a second time was to come once alone. */
  private void learn(Ask ask, String name, String value, Set<String> shown) {
    if (!marks.has(value)) {
      String path = ask.path().replaceFirst("[?].*", "");
      marks.made("%s of %s %s".formatted(name, ask.method(), path), value);
      shown.add(value);
    }
  }

  /** Keeps what was heard in another way. */
  void heard(String what, String text) {
    Ask ask = new Ask("", what, Map.of(), null);
    answers.add(new Answer(ask, 0, "", text, Set.of()));
  }

  /** Returns every answer so far. */
  List<Answer> answers() {
    return answers;
  }
}
