// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.sending.internal.store.PaceStore.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.DoubleSupplier;

/**
 * Nodes that always have more to send to one server, by a clock of their own. The server takes one
 * message after the other at its rate; a reply takes its unloaded time beyond that.
 */
final class PaceSimulation {

  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;
  private static final long TICK = 10 * MILLI;

  double perSecond;
  DoubleSupplier unloadedMillis;
  final List<Node> nodes = new ArrayList<>();
  private final PriorityQueue<Reply> replies =
      new PriorityQueue<>(Comparator.comparingLong(Reply::at));
  private long now = SECOND;
  private long serverFreeAt;
  private long exchangeAt;

  private record Reply(long at, Node node, long grantedAt) {}

  /** A node and what it saw since the last {@link #forget}. */
  static final class Node {
    final Pace pace;
    final Map<UUID, Row.Part> parts;
    int answered;
    long slowest;
    int most;

    Node(Pace pace, Map<UUID, Row.Part> parts) {
      this.pace = pace;
      this.parts = parts;
    }
  }

  PaceSimulation(double perSecond, double unloadedMillis) {
    this.perSecond = perSecond;
    this.unloadedMillis = () -> unloadedMillis;
  }

  /** Adds a node with a window, which sends for one tenant of a weight. */
  PaceSimulation node(int window, int weight) {
    nodes.add(new Node(new Pace(window, now), Map.of(UUID.randomUUID(), new Row.Part(weight, 1))));
    return this;
  }

  /** Lets time pass. */
  PaceSimulation run(double seconds) {
    long end = now + (long) (seconds * SECOND);
    for (; now < end; now += TICK) {
      while (!replies.isEmpty() && replies.peek().at() < now + TICK) {
        Reply reply = replies.remove();
        land(reply);
        fill(reply.node(), reply.at());
      }
      nodes.forEach(node -> fill(node, now + TICK));
      if (now >= exchangeAt) {
        exchange();
        exchangeAt = now + SECOND;
      }
    }
    return this;
  }

  private static void land(Reply reply) {
    Node node = reply.node();
    long took = reply.at() - reply.grantedAt();
    node.pace.ended(reply.at());
    node.pace.answered(reply.at(), took);
    node.answered++;
    node.slowest = Math.max(node.slowest, took);
  }

  private void fill(Node node, long at) {
    while (node.pace.admits(at)) {
      node.pace.granted(at);
      serverFreeAt = Math.max(serverFreeAt, at) + (long) (SECOND / perSecond);
      long unloaded = (long) (unloadedMillis.getAsDouble() * MILLI);
      replies.add(new Reply(serverFreeAt + unloaded, node, at));
      node.most = Math.max(node.most, node.pace.inFlight());
    }
    node.pace.heldBack(at);
  }

  private void exchange() {
    List<Row> rows = nodes.stream().map(PaceSimulation::row).toList();
    for (int i = 0; i < nodes.size(); i++) {
      List<Row> others = new ArrayList<>(rows);
      Row mine = others.remove(i);
      double base = others.stream().mapToDouble(Row::base).filter(b -> b > 0).min().orElse(0);
      double rate = others.stream().mapToDouble(Row::rate).sum();
      nodes.get(i).pace.share(Shares.of(mine, others).mine(), rate, base);
    }
  }

  private static Row row(Node node) {
    return new Row("relay", node.pace.rate(), node.pace.base(), node.parts);
  }

  /** Forgets what nodes saw. */
  PaceSimulation forget() {
    nodes.forEach(
        node -> {
          node.answered = 0;
          node.slowest = 0;
          node.most = 0;
        });
    return this;
  }

  int answered() {
    return nodes.stream().mapToInt(node -> node.answered).sum();
  }

  long slowestMillis() {
    return nodes.stream().mapToLong(node -> node.slowest).max().orElse(0) / MILLI;
  }

  int mostInFlight() {
    return nodes.stream().mapToInt(node -> node.most).sum();
  }
}
