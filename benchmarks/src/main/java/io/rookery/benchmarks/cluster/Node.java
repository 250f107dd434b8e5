// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.cluster;

import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One node of a cluster, with its own ports and its own folder. */
public final class Node implements AutoCloseable {

  private final String name;
  private final RunningRookery rookery;
  private final TcpProxy way;

  /**
   * Makes a node of a distribution that is unpacked.
   *
   * @param way the node's way to the database, or null where that is inside the node
   */
  Node(String name, RunningRookery rookery, TcpProxy way) {
    this.name = name;
    this.rookery = rookery;
    this.way = way;
  }

  /** Returns a name for reports. */
  public String name() {
    return name;
  }

  /** Returns the process behind it. */
  public RunningRookery rookery() {
    return rookery;
  }

  /** Returns a client of its API. */
  public Rest rest(String key) {
    return new Rest(rookery.root(), key);
  }

  /**
   * Returns the sum over a metric's samples now; 0 where there is none or the node does not run.
   */
  public double metric(String metric) throws IOException, InterruptedException {
    if (!runs()) {
      return 0;
    }
    HttpRequest request =
        HttpRequest.newBuilder(rookery.metrics()).timeout(Duration.ofSeconds(10)).build();
    String text = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return text.lines()
        .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private boolean runs() {
    return ProcessHandle.of(rookery.pid()).filter(ProcessHandle::isAlive).isPresent();
  }

  /** Returns how many outcomes its mail servers have told it since its last start. */
  public long outcomes() throws IOException, InterruptedException {
    return (long) metric("rookery_message_outcomes_total");
  }

  /** Returns how many messages it has given away without a record. */
  public int givenAway() throws IOException, InterruptedException {
    return (int) metric("rookery_sending_slots");
  }

  /** Starts it; returns once it says that it is ready. */
  public void start() throws IOException, InterruptedException {
    rookery.start();
  }

  /** Ends it as {@code kill -9} does; its own database server, if it has one, lives on. */
  public void kill() throws InterruptedException {
    rookery.kill();
    while (runs()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Ends it politely. */
  public void stop() throws InterruptedException {
    rookery.close();
  }

  /** Resets its connections to the database and refuses new ones. */
  public void cutOff() {
    way.cut();
  }

  /** Lets nothing pass between it and the database, without closing anything. */
  public void silence() {
    way.silence();
  }

  /** Gives it its way to the database back. */
  public void restore() {
    way.restore();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    rookery.close();
    if (way != null) {
      way.close();
    }
  }
}
