// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Speaks to the REST API with one key, as any client does. Thread-safe. */
public final class Rest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final URI api;
  private final String key;

  /** Speaks to the platform at a root. */
  public Rest(URI root, String key) {
    this.api = root.resolve("api/v1/");
    this.key = key;
  }

  /** Gets a resource, which must be there. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return expect(send("GET", path, null, "application/json"), 200);
  }

  /** Posts a body, which must be taken. */
  public JsonNode post(String path, Object body) throws IOException, InterruptedException {
    String json = body == null ? "" : JSON.writeValueAsString(body);
    HttpResponse<String> answer =
        send("POST", path, BodyPublishers.ofString(json), "application/json");
    return expect(answer, answer.statusCode() / 100 == 2 ? answer.statusCode() : 200);
  }

  /** Changes a resource by a body, which must be taken. */
  public JsonNode patch(String path, Object body) throws IOException, InterruptedException {
    String json = JSON.writeValueAsString(body);
    return expect(send("PATCH", path, BodyPublishers.ofString(json), "application/json"), 200);
  }

  /** Puts a body, which must be taken. */
  public JsonNode put(String path, Object body) throws IOException, InterruptedException {
    String json = JSON.writeValueAsString(body);
    return expect(send("PUT", path, BodyPublishers.ofString(json), "application/json"), 200);
  }

  /** Posts a CSV file, which must be taken. */
  public JsonNode postCsv(String path, Path file) throws IOException, InterruptedException {
    return expect(send("POST", path, BodyPublishers.ofFile(file), "text/csv"), 202);
  }

  /** Sends any request and returns the answer as it comes; the body may be null. */
  public HttpResponse<String> send(String method, String path, BodyPublisher body, String type)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve(path))
            .timeout(Duration.ofMinutes(5))
            .header("Authorization", "Bearer " + key)
            .method(method, body == null ? BodyPublishers.noBody() : body);
    if (body != null) {
      request.header("Content-Type", type);
    }
    if (method.equals("POST")) {
      request.header("Idempotency-Key", UUID.randomUUID().toString());
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode expect(HttpResponse<String> answer, int status) throws IOException {
    if (answer.statusCode() != status) {
      throw new IOException(
          answer.request().method()
              + " "
              + answer.uri()
              + " was answered with "
              + answer.statusCode()
              + ": "
              + answer.body());
    }
    return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }

  /** Returns a JSON object with these members, for a body. */
  public static Map<String, Object> object(Object... members) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      object.put((String) members[i], members[i + 1]);
    }
    return object;
  }
}
