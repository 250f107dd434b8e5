// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.timing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.isolation.Crowd;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What can be asked of an address, with an account or without. Each pair comes from a source of its
 * own, by a proxy that is trusted, as one source may not ask often; no address is tried so often
 * that it is locked.
 */
public final class Questions {

  /** One less than what locks an address, and what links are mailed for. */
  private static final int TRIES = 4;

  private static final int ASKS = 2;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WRONG = "wrong otter, 9 stones";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI root;
  private final Crowd crowd;

  /** Asks a platform, on which a crowd makes the accounts. */
  public Questions(URI root, Crowd crowd) {
    this.root = root;
    this.crowd = crowd;
  }

  /** What is asked. */
  public interface Question {

    /** Returns its name. */
    String name();

    /** Prepares a pair. */
    void next(int pair) throws Exception;

    /** Asks, of an address with an account or of one without. */
    void ask(boolean known) throws Exception;
  }

  /** Returns all that can be asked. */
  public List<Question> all() {
    return List.of(
        new Asked("sign-in", TRIES, false, new Post("sessions", WRONG, Set.of(401))),
        new Asked("reset", ASKS, false, new Post("password-resets", null, Set.of(202))));
  }

  /** Returns sign-ins of which those without an account are all of one address. */
  public Question sameSignIn() {
    return new Asked("sign-in", TRIES, true, new Post("sessions", WRONG, Set.of(401, 403, 429)));
  }

  /**
   * A request.
   *
   * @param path where to
   * @param password what goes along, or null
   * @param statuses what may be answered
   */
  private record Post(String path, String password, Set<Integer> statuses) {}

  private final class Asked implements Question {

    private final String name;
    private final int tries;
    private final boolean same;
    private final Post post;
    private String known;
    private String unknown = nobody();
    private String source;

    Asked(String name, int tries, boolean same, Post post) {
      this.name = name;
      this.tries = tries;
      this.same = same;
      this.post = post;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void next(int pair) throws Exception {
      source = same ? "198.18.0.1" : "198.18.%d.%d".formatted(pair / 200 % 200, 1 + pair % 200);
      if (pair % tries == 0) {
        known = (String) crowd.credentials().get("email");
        unknown = same ? unknown : nobody();
      }
    }

    @Override
    public void ask(boolean there) throws Exception {
      Map<String, Object> body = Rest.object("email", there ? known : unknown);
      if (post.password() != null) {
        body.put("password", post.password());
      }
      int status = send(post.path(), JSON.writeValueAsString(body), source);
      if (!post.statuses().contains(status)) {
        throw new IOException(name + " was answered with " + status);
      }
    }
  }

  private static String nobody() {
    return "p" + UUID.randomUUID() + "@people.example";
  }

  private int send(String path, String body, String source)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("api/v1/" + path))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", source)
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
