// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.benchmarks.cluster.Node;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One tenant's calls to whichever node answers: repeated, under one idempotency key, until one
 * does. Thread-safe.
 */
public final class Calls {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Node> nodes;
  private final String key;

  /** Calls nodes with a key. */
  Calls(List<Node> nodes, String key) {
    this.nodes = nodes;
    this.key = key;
  }

  /** Gets a resource. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return call("GET", path, BodyPublishers.noBody(), "application/json");
  }

  /** Posts a body, which may be null. */
  public JsonNode post(String path, Object body) throws IOException, InterruptedException {
    String json = body == null ? "" : JSON.writeValueAsString(body);
    return call("POST", path, BodyPublishers.ofString(json), "application/json");
  }

  /** Posts a CSV file. */
  public JsonNode postCsv(String path, Path file) throws IOException, InterruptedException {
    return call("POST", path, BodyPublishers.ofFile(file), "text/csv");
  }

  private JsonNode call(String method, String path, BodyPublisher body, String type)
      throws IOException, InterruptedException {
    String idempotencyKey = UUID.randomUUID().toString();
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "nothing";
    for (int i = 0; System.nanoTime() < end; i++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  nodes.get(i % nodes.size()).rookery().root().resolve("api/v1/").resolve(path))
              .timeout(Duration.ofSeconds(20))
              .header("Authorization", "Bearer " + key)
              .header("Content-Type", type)
              .method(method, body);
      if (method.equals("POST")) {
        request.header("Idempotency-Key", idempotencyKey);
      }
      try {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        last = answer.statusCode() + " " + answer.body();
        if (answer.statusCode() / 100 == 2) {
          return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        }
        if (!worthRepeating(answer)) {
          throw new RefusedException(method + " " + path + " was answered with " + last);
        }
      } catch (RefusedException e) {
        throw e;
      } catch (IOException e) {
        last = e.toString();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new IOException(method + " " + path + " was not answered; last came " + last);
  }

  /** A node that starts or lost its database answers 503, before its API is there 404. */
  private static boolean worthRepeating(HttpResponse<String> answer) {
    int status = answer.statusCode();
    boolean bare = status == 404 && !answer.body().contains("urn:");
    return status >= 500 || status == 429 || status == 409 || bare;
  }

  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }
}
