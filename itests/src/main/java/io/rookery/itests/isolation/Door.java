// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends calls with one key, or with none, and takes every answer. */
public final class Door {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI root;
  private final String key;

  /** Opens the door with a key, which may be null. */
  public Door(URI root, String key) {
    this.root = root;
    this.key = key;
  }

  /** An answer. */
  public record Answer(int status, String etag, String body) {

    public boolean succeeded() {
      return status / 100 == 2;
    }

    public JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    /** Returns every id that the answer shows. */
    public TreeSet<String> ids() {
      TreeSet<String> ids = new TreeSet<>();
      Matcher matcher = UUID.matcher(body);
      while (matcher.find()) {
        ids.add(matcher.group());
      }
      return ids;
    }

    /**
     * Returns what a stranger can learn from a refusal: all but what each request has of its own.
     */
    public String told() throws IOException {
      JsonNode problem = json();
      if (problem instanceof ObjectNode members) {
        members.remove("request_id");
        members.remove("instance");
      }
      return status + " " + UUID.matcher(problem.toString()).replaceAll("…");
    }
  }

  public Answer send(Call call) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(call.path().substring(1)))
            .timeout(Duration.ofMinutes(2))
            .method(call.method(), body(call));
    if (call.body() != null) {
      request.header(
          "Content-Type", call.body() instanceof String ? "text/csv" : "application/json");
    }
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    if (call.method().equals("POST")) {
      request.header("Idempotency-Key", call.idempotencyKey());
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    return new Answer(
        answer.statusCode(), answer.headers().firstValue("ETag").orElse(""), answer.body());
  }

  private static BodyPublisher body(Call call) throws IOException {
    if (call.body() == null) {
      return BodyPublishers.noBody();
    }
    return call.body() instanceof String csv
        ? BodyPublishers.ofString(csv)
        : BodyPublishers.ofString(JSON.writeValueAsString(call.body()));
  }

  /** Returns every id that a listing shows, over all of its pages. */
  public TreeSet<String> listed(Call listing) throws IOException, InterruptedException {
    TreeSet<String> ids = new TreeSet<>();
    Call page = listing;
    while (page != null) {
      Answer answer = send(page);
      if (!answer.succeeded()) {
        throw new IOException(page + " was answered with " + answer);
      }
      ids.addAll(answer.ids());
      String next = answer.json().path("next_cursor").asText(null);
      page = next == null ? null : listing.withQuery("cursor", next);
    }
    return ids;
  }
}
