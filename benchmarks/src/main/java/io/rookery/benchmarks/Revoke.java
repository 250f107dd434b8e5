// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.proxy.HttpProxy;
import io.rookery.benchmarks.proxy.Twist;
import io.rookery.itests.isolation.Call;
import io.rookery.itests.isolation.Crowd;
import io.rookery.itests.isolation.Door;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ends keys and sessions on one node and asks a second one, which knows them, until it refuses
 * them, too. The sabotage has that one take whatever is ended for a key that goes on.
 */
final class Revoke {

  private static final int COUNT = 100;
  private static final int WARM = 5;
  private static final double GATE_SECONDS = 2;
  private static final double PATIENCE_SECONDS = 6;
  private static final int PAUSE_MILLIS = 5;
  private static final String ME = "/api/v1/me";

  private final Options options;
  private final Report report;

  Revoke(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  /** Something that opens doors, and how it is ended. */
  private record Pass(String token, Call end, Door ending) {}

  boolean run() throws Exception {
    Path distribution = Path.of(System.getProperty("rookery.distribution"));
    try (Cluster cluster = Cluster.shared(distribution, 2)) {
      URI first = cluster.node(0).rookery().root();
      URI second = cluster.node(1).rookery().root();
      String operator = TenantKey.of(cluster.node(0).rookery(), "operator").key();
      try (HttpProxy deaf = HttpProxy.before(second, goesOn(operator))) {
        return tries(first, options.sabotage() ? deaf.address() : second, operator);
      }
    }
  }

  private static Twist goesOn(String key) {
    return new Twist() {
      @Override
      public String authorization(String method, String path, String given) {
        return "Bearer " + key;
      }
    };
  }

  private boolean tries(URI first, URI second, String operator) throws Exception {
    int count = options.countOr(options.sabotage() ? 2 : COUNT);
    double[] keys = new double[count];
    double[] sessions = new double[count];
    for (int i = 0; i < count; i++) {
      keys[i] = seconds(key(first, operator), second);
      sessions[i] = seconds(session(first, operator), second);
      report.line("try %d: key %.3f s, session %.3f s", i + 1, keys[i], sessions[i]);
    }
    double most = Math.max(most("key", keys), most("session", sessions));
    report.line("revoke %d keys and sessions, max %.3f s, gate %.0f s", count, most, GATE_SECONDS);
    return most <= GATE_SECONDS;
  }

  private double most(String name, double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    double most = sorted[sorted.length - 1];
    report.line("%s: median %.3f s, max %.3f s", name, Report.median(seconds), most);
    return most;
  }

  private static Pass key(URI first, String operator) throws Exception {
    Object wanted = Rest.object("name", "Revoked", "scopes", List.of("contacts:read"));
    JsonNode made = new Rest(first, operator).post("api-keys", wanted);
    String path = "/api/v1/api-keys/" + made.path("id").asText() + "/revoke";
    return new Pass(made.path("secret").asText(), call("POST", path), new Door(first, operator));
  }

  private static Pass session(URI first, String operator) throws Exception {
    JsonNode tokens = new Crowd(first, new Rest(first, operator), "operator").tokens("viewer");
    String token = tokens.path("access_token").asText();
    return new Pass(token, call("DELETE", "/api/v1/sessions/current"), new Door(first, token));
  }

  private static Call call(String method, String path) {
    return new Call(method, path, List.of(), Map.of(), null, path);
  }

  /** Returns how long something still opened the second node's door, from its end's answer on. */
  private static double seconds(Pass pass, URI second) throws IOException, InterruptedException {
    Door door = new Door(second, pass.token());
    for (int i = 0; i < WARM; i++) {
      expect(door.send(Call.get(ME)).status() == 200, "The second node does not know it");
    }
    expect(pass.ending().send(pass.end()).succeeded(), "It was not ended");
    long begin = System.nanoTime();
    double passed = 0;
    while (door.send(Call.get(ME)).status() != 401 && passed < PATIENCE_SECONDS) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      passed = (System.nanoTime() - begin) / 1e9;
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void expect(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
