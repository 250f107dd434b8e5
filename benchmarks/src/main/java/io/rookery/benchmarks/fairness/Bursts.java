// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fairness;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.benchmarks.cluster.Node;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.LedgerLine;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Single messages, posted a few at once at random moments and at a random node. */
public final class Bursts {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  private final Crowd.Sender sender;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Long> postedAt = new HashMap<>();
  private final Queue<Long> answeredIn = new ConcurrentLinkedQueue<>();

  private Bursts(Crowd.Sender sender) {
    this.sender = sender;
  }

  /** Posts bursts over some seconds; returns once the last one is answered. */
  public static Bursts post(Crowd.Sender sender, int count, int size, int seconds)
      throws IOException, InterruptedException {
    Bursts bursts = new Bursts(sender);
    Random random = new Random();
    double[] moments = random.doubles(count, 0, 0.97 * seconds).sorted().toArray();
    List<Node> nodes = sender.cluster().nodes();
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long at = begin + (long) (moments[i] * 1e9);
      TimeUnit.NANOSECONDS.sleep(Math.max(0, at - System.nanoTime()));
      bursts.burst(nodes.get(random.nextInt(nodes.size())), size);
    }
    return bursts;
  }

  private void burst(Node node, int size) throws IOException {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String to = "urgent-%d@dest%d.example.org".formatted(postedAt.size(), i);
      HttpRequest request = request(node, to);
      long now = System.currentTimeMillis();
      postedAt.put(to, now);
      answers.add(
          client
              .sendAsync(request, BodyHandlers.ofString())
              .whenComplete((answer, e) -> answeredIn.add(System.currentTimeMillis() - now)));
    }
    for (CompletableFuture<HttpResponse<String>> coming : answers) {
      HttpResponse<String> answer = coming.join();
      if (answer.statusCode() != 202) {
        throw new IOException(
            "A message was answered with " + answer.statusCode() + ": " + answer.body());
      }
    }
  }

  private HttpRequest request(Node node, String to) throws IOException {
    Object message =
        Rest.object(
            "mailbox_id",
            sender.tenant().mailboxes().get(0),
            "to",
            to,
            "subject",
            "Your code",
            "text",
            "4711",
            "category",
            sender.category());
    return HttpRequest.newBuilder(node.rookery().root().resolve("api/v1/messages"))
        .header("Authorization", "Bearer " + sender.tenant().tenant().key())
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(message)))
        .build();
  }

  /** Returns the milliseconds from the beginning of each request to its answer. */
  public long[] answeredIn() {
    return answeredIn.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Waits until all have left; returns the milliseconds from the beginning of each request to the
   * line in the ledger. One that has not left after twenty seconds counts as that.
   */
  public long[] await(Ledger ledger) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    Map<String, Long> leftAt = leftAt(ledger);
    while (leftAt.size() < postedAt.size() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
      leftAt = leftAt(ledger);
    }
    Map<String, Long> left = leftAt;
    return postedAt.entrySet().stream()
        .mapToLong(
            posted ->
                left.containsKey(posted.getKey())
                    ? left.get(posted.getKey()) - posted.getValue()
                    : TimeUnit.NANOSECONDS.toMillis(PATIENCE))
        .toArray();
  }

  private Map<String, Long> leftAt(Ledger ledger) throws IOException {
    Map<String, Long> left = new HashMap<>();
    for (LedgerLine line : ledger.lines()) {
      if (postedAt.containsKey(line.recipient())) {
        left.putIfAbsent(line.recipient(), line.at());
      }
    }
    return left;
  }
}
