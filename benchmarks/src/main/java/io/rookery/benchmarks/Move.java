// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.benchmarks.ledger.Account;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.SinkProcess;
import io.rookery.benchmarks.move.Bao;
import io.rookery.benchmarks.move.Hoard;
import io.rookery.benchmarks.move.Traffic;
import io.rookery.itests.running.RemoteShell;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import io.rookery.persistence.internal.server.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Moves all secrets from one OpenBao to a second and back, into the database, and from there to a
 * third and back, while a campaign is sent by a password among them. Two moves are interrupted by a
 * kill. What arrived is read from the servers themselves and compared by digest.
 */
final class Move {

  private static final int COUNT = 5_000;
  private static final int CHANGED = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Options options;
  private final Report report;
  private boolean holds = true;

  Move(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    Path folder = Files.createTempDirectory("rookery-bao-");
    try (Bao first = Bao.start(folder.resolve("first"));
        Bao second = Bao.start(folder.resolve("second"));
        Bao third = Bao.start(folder.resolve("third"))) {
      Map<String, Bao> servers = new LinkedHashMap<>();
      servers.put("vault", first);
      servers.put("vault.further-second", second);
      servers.put("vault.further-third", third);
      try (Bench bench = Bench.start("move", rookery -> configure(rookery, servers));
          RemoteShell shell = RemoteShell.open(bench.rookery());
          SinkProcess sink = SinkProcess.start(bench.file("ledger"))) {
        sink.set("extensions", "PIPELINING,8BITMIME,AUTH PLAIN");
        return run(bench, shell, sink, servers);
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private static void configure(RunningRookery rookery, Map<String, Bao> servers)
      throws IOException {
    for (Map.Entry<String, Bao> server : servers.entrySet()) {
      String pid = server.getKey();
      String name = pid.contains("-") ? "store = " + pid.split("-")[1] + "\n" : "";
      Files.writeString(
          rookery.home().resolve("etc/io.rookery.secrets." + pid + ".cfg"),
          name + server.getValue().configuration());
    }
  }

  private boolean run(Bench bench, RemoteShell shell, SinkProcess sink, Map<String, Bao> servers)
      throws Exception {
    int count = options.countOr(options.sabotage() ? 100 : COUNT);
    TenantKey key = TenantKey.createAll(bench.rookery(), "move", 1, Traffic.DOMAIN).get(0);
    Rest rest = new Rest(bench.rookery().root(), key.key());
    Hoard hoard = new Hoard(rest.get("me").path("tenant").path("id").asText());
    int messages = 3_000 + 2 * count;
    try (Traffic traffic = new Traffic(rest, messages, sink.port())) {
      Rig rig = new Rig(bench.rookery(), shell, traffic);
      rig.move("embedded vault", false);
      hoard.fill(servers.get("vault"), count);
      report.line("%d secrets of 3 versions, a campaign of %d messages", count, messages);
      if (options.sabotage()) {
        rig.move("vault second", false);
        hoard.alter(servers.get("vault.further-second"), count / 2);
        verify("planted", hoard, servers.get("vault.further-second"));
        return holds;
      }
      moves(rig, hoard, servers);
      expect(traffic.sending(), "the campaign was over before the moves were");
      traffic.finish();
      settle(traffic, rest, new Ledger(sink.ledger()));
    }
    return holds;
  }

  private void moves(Rig rig, Hoard hoard, Map<String, Bao> servers) throws Exception {
    double there = rig.move("vault second", true);
    verify("second", hoard, servers.get("vault.further-second"));
    for (int i = 0; i < CHANGED; i++) {
      hoard.add(servers.get("vault.further-second"), i);
    }
    double back = rig.move("--back", false);
    verify("back in vault", hoard, servers.get("vault"));
    double inside = rig.move("vault embedded", false);
    double out = rig.move("embedded third", true);
    verify("third", hoard, servers.get("vault.further-third"));
    double home = rig.move("--back", false);
    report.line(
        "seconds: OpenBao to OpenBao %.1f (killed), back %.1f, to the database %.1f, from it %.1f"
            + " (killed), back %.1f",
        there, back, inside, out, home);
  }

  private void verify(String where, Hoard hoard, Bao bao) throws Exception {
    Map<Integer, String> wrong = hoard.wrong(bao);
    wrong.entrySet().stream()
        .limit(5)
        .forEach(each -> report.line("%s: secret %d: %s", where, each.getKey(), each.getValue()));
    report.line("%s: %d secrets differ", where, wrong.size());
    holds &= wrong.isEmpty();
  }

  private void settle(Traffic traffic, Rest rest, Ledger ledger) throws Exception {
    // The audit log has what happened some five seconds later.
    TimeUnit.SECONDS.sleep(10);
    int failures = rest.get("audit?type=secret.failed").path("data").size();
    Account account = Account.of(ledger.lines(), traffic.recipients());
    expect(traffic.failed() == 0, "first failed read: " + traffic.firstFailure());
    expect(failures == 0, "the audit log tells of failed reads");
    expect(account.lost().isEmpty(), "mail was lost");
    report.line(
        "%d reads by signing in, failed %d, told as failed %d; %d messages, lost %d",
        traffic.reads(), traffic.failed(), failures, account.reached(), account.lost().size());
  }

  private void expect(boolean is, String otherwise) {
    if (!is) {
      report.line("%s", otherwise);
      holds = false;
    }
  }

  /** Begins moves, kills the node within them, and waits for their end. */
  private record Rig(RunningRookery rookery, RemoteShell shell, Traffic traffic) {

    /** Returns how many seconds it took, kill and start included. */
    double move(String way, boolean killed) throws Exception {
      long begin = System.nanoTime();
      shell.run("rookery:secrets-move " + way);
      if (killed) {
        await("a third of it", Rig::late);
        strike();
      }
      await("its end", now -> now.path("state").asText().equals("moved"));
      return (System.nanoTime() - begin) / 1e9;
    }

    /** Says whether a move has come to where it is awaited. */
    private interface Goal {
      boolean reached(JsonNode move) throws IOException;
    }

    private void await(String what, Goal goal) throws Exception {
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
      Optional<JsonNode> now = show();
      while (now.isEmpty() || !goal.reached(now.get())) {
        if (System.nanoTime() > end || is(now, "failed")) {
          throw new IOException("The move does not come to " + what + ": " + now);
        }
        TimeUnit.MILLISECONDS.sleep(100);
        now = show();
      }
    }

    private static boolean is(Optional<JsonNode> move, String state) {
      return move.filter(it -> it.path("state").asText().equals(state)).isPresent();
    }

    private static boolean late(JsonNode move) throws IOException {
      if (is(Optional.of(move), "moved")) {
        throw new IOException("The move was over before it could be interrupted: " + move);
      }
      int total = move.path("total").asInt();
      return total > 0 && move.path("done").asInt() > total / 3;
    }

    /** Returns how the move stands, or empty where a busy node does not say so in time. */
    private Optional<JsonNode> show() {
      try {
        String text = shell.run("rookery:secrets-move-show --json");
        return Optional.of(JSON.readTree(text.substring(text.indexOf('{'))));
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    private void strike() throws Exception {
      traffic.away(true);
      ProcessHandle process = ProcessHandle.of(rookery.pid()).orElseThrow();
      rookery.kill();
      process.onExit().get(1, TimeUnit.MINUTES);
      rookery.start();
      traffic.away(false);
    }
  }
}
