// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fairness;

import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.load.LoadTenant;
import io.rookery.benchmarks.load.LoadTenant.Shape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Fifty tenants that send campaigns, of weights 1, 2 and 4 in turn, and one that sends
 * transactional mail.
 */
public final class Crowd {

  private static final int TENANTS = 50;
  private static final int[] WEIGHTS = {1, 2, 4};
  private static final int HANDS = 6;

  /** Connections enough for the heaviest tenant to be always waiting. */
  private static final Shape SHAPE = new Shape(1, 4, 1_000_000, 0);

  /** A burst leaves at once: a connection waits for the reply to one message before the next. */
  private static final Shape SINGLE = new Shape(1, 10, 1_000_000, 0);

  private final Cluster cluster;
  private final List<LoadTenant> tenants;
  private final Sender urgent;
  private final Map<String, Integer> weights = new LinkedHashMap<>();

  private Crowd(Cluster cluster, List<LoadTenant> tenants, Sender urgent) {
    this.cluster = cluster;
    this.tenants = tenants;
    this.urgent = urgent;
  }

  /**
   * Who sends single messages.
   *
   * @param category what the messages are
   */
  public record Sender(Cluster cluster, LoadTenant tenant, String category) {}

  /**
   * Makes the tenants.
   *
   * @param sabotage whether the platform is not told of the weights, nor that what is urgent is
   */
  public static Crowd create(Cluster cluster, int port, boolean sabotage)
      throws IOException, InterruptedException {
    List<LoadTenant> tenants = LoadTenant.create(cluster, "load", TENANTS, SHAPE, port);
    LoadTenant single = LoadTenant.create(cluster, "single", 1, SINGLE, port).get(0);
    Crowd crowd =
        new Crowd(
            cluster,
            tenants,
            new Sender(cluster, single, sabotage ? "commercial" : "transactional"));
    StringBuilder commands = new StringBuilder();
    for (int i = 0; i < TENANTS; i++) {
      String slug = tenants.get(i).tenant().slug();
      int weight = WEIGHTS[i % WEIGHTS.length];
      crowd.weights.put(slug, weight);
      commands.append("rookery:tenant-weight %s %d%n".formatted(slug, sabotage ? 1 : weight));
    }
    commands.append(
        "rookery:permission-grant %s transactional_mail%n".formatted(single.tenant().slug()));
    cluster.node(0).rookery().shell(commands.toString());
    return crowd;
  }

  /** Returns those that send campaigns. */
  public List<LoadTenant> tenants() {
    return tenants;
  }

  /** Returns who sends transactional mail. */
  public Sender urgent() {
    return urgent;
  }

  /** Returns the weights by the tenants' slugs. */
  public Map<String, Integer> weights() {
    return weights;
  }

  /**
   * Starts a campaign in each tenant; returns once all messages are due.
   *
   * @param large how many recipients the first tenant has
   * @param shared how many the others have together, by weight, and somewhat more
   */
  public void queue(int large, int shared) throws Exception {
    int all = weights.values().stream().mapToInt(Integer::intValue).sum();
    ExecutorService hands = Executors.newFixedThreadPool(HANDS);
    int sum = 0;
    try {
      List<Future<?>> imports = new ArrayList<>();
      for (LoadTenant tenant : tenants) {
        int weight = weights.get(tenant.tenant().slug());
        int size = imports.isEmpty() ? large : 50 + shared * weight / all * 5 / 4;
        sum += size;
        Callable<Void> work =
            () -> {
              tenant.prepare(1, size);
              return null;
            };
        imports.add(hands.submit(work));
      }
      for (Future<?> done : imports) {
        done.get();
      }
    } finally {
      hands.shutdownNow();
    }
    for (LoadTenant tenant : tenants) {
      tenant.startNext();
    }
    awaitPlanned(sum);
  }

  private void awaitPlanned(int sum) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
    while (count("select count(*) from tenant.message") < sum) {
      if (System.nanoTime() > end) {
        throw new IOException("The campaigns were not planned in time");
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /** Returns how many messages wait. */
  public long due() throws SQLException {
    return count("select count(*) from tenant.message where state = 'due'");
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = cluster.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
