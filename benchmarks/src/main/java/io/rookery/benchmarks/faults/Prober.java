// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client of the API that reads and writes all the time and notes each answer that is neither a
 * success nor a 503 with Retry-After, and each that takes too long. Thread-safe.
 */
final class Prober implements AutoCloseable {

  private static final Duration HANG = Duration.ofSeconds(30);

  /** Five clients with this pause stay below the 300 requests a minute that a key has. */
  private static final long PAUSE = 1_200;

  private static final int MOST_TOLD = 20;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI api;
  private final String key;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Integer> answers = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final Set<String> created = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();
  private long slowest;
  private volatile boolean closed;

  /**
   * Begins to ask.
   *
   * @param reading paths to get
   * @param contact a contact to change
   */
  Prober(URI root, String key, List<String> reading, String contact) {
    this.api = root.resolve("api/v1/");
    this.key = key;
    for (String path : reading) {
      start(() -> ask("GET", path, null));
    }
    start(this::create);
    start(() -> ask("PATCH", "contacts/" + contact, "{\"last_name\":\"N" + number.get() + "\"}"));
  }

  private interface Call {
    void run() throws InterruptedException;
  }

  private void start(Call call) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!closed) {
                  call.run();
                  TimeUnit.MILLISECONDS.sleep(PAUSE);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "prober");
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private void create() throws InterruptedException {
    String address = "probe-" + number.incrementAndGet() + "@probe.example";
    if (ask("POST", "contacts", "{\"email\":\"" + address + "\"}") == 201) {
      created.add(address);
    }
  }

  private int ask(String method, String path, String body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve(path))
            .timeout(HANG.multipliedBy(2))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (method.equals("POST")) {
      request.header("Idempotency-Key", UUID.randomUUID().toString());
    }
    long begin = System.nanoTime();
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      boolean wait = answer.headers().firstValue("Retry-After").isPresent();
      boolean fits = answer.statusCode() / 100 == 2 || answer.statusCode() == 503 && wait;
      String what = answer.statusCode() + (wait ? "" : answer.statusCode() / 100 == 2 ? "" : "!");
      note(method + " " + path, what, fits, System.nanoTime() - begin, answer.body());
      return answer.statusCode();
    } catch (IOException e) {
      note(method + " " + path, e.getClass().getSimpleName(), false, System.nanoTime() - begin, "");
      return 0;
    }
  }

  private synchronized void note(
      String what, String answer, boolean fits, long nanos, String text) {
    answers.merge(answer, 1, Integer::sum);
    slowest = Math.max(slowest, nanos);
    if (!fits || nanos > HANG.toNanos()) {
      wrong.add("%s: %s after %.1f s %s".formatted(what, answer, nanos / 1e9, text));
    }
  }

  /**
   * What was answered for a while.
   *
   * @param words all of it
   * @param refused how many answers were 503
   */
  record Answers(String words, int refused) {}

  /** Returns what was answered since the last time, and forgets it. */
  synchronized Answers take() {
    String words = "answers %s, slowest %.1f s".formatted(answers, slowest / 1e9);
    Answers taken = new Answers(words, refused());
    answers.clear();
    slowest = 0;
    return taken;
  }

  /** Returns how many answers were 503 since they were last taken. */
  synchronized int refused() {
    return answers.getOrDefault("503", 0);
  }

  /** Returns how many answers were wrong. */
  synchronized int wrong() {
    return wrong.size();
  }

  /** Returns the first wrong answers. */
  synchronized List<String> complaints() {
    return List.copyOf(wrong.subList(0, Math.min(MOST_TOLD, wrong.size())));
  }

  /** Returns the addresses that the platform confirmed to keep. */
  Set<String> created() {
    return created;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
