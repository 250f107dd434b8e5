// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.swap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.running.RemoteShell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What an operator does about one mail backend, through the shell and the folder for drops. */
public final class Operator {

  /** The symbolic name of the bundles that the backend comes in. */
  public static final String PLUGIN = "io.rookery.mail.smtp";

  static final String BACKEND = "smtp";

  /** The version that the distribution's own feature brings. */
  static final String SHIPPED = "0.1.0";

  private static final String LIST = "rookery:backend-list --json --name " + BACKEND;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ID = Pattern.compile("(?m)^ *(\\d+)\\s");

  private final RemoteShell shell;
  private final Path home;

  /** Works on a platform. */
  public Operator(RemoteShell shell, Path home) {
    this.shell = shell;
    this.home = home;
  }

  /** Runs a command. */
  String run(String command) throws IOException {
    return shell.run(command);
  }

  /** Returns the ids of the plugin's bundles, in the order of their coming. */
  List<Long> bundles() throws IOException {
    String list = shell.run("bundle:list -t 0 -s --no-format --no-ellipsis");
    return list.lines()
        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
        .filter(line -> line.strip().endsWith(PLUGIN))
        .flatMap(line -> ID.matcher(line).results())
        .map(match -> Long.parseLong(match.group(1)))
        .sorted()
        .toList();
  }

  /** Returns the id of the plugin's only bundle. */
  long bundle() throws IOException {
    List<Long> bundles = bundles();
    if (bundles.size() != 1) {
      throw new IOException("There should be one bundle of " + PLUGIN + ", not " + bundles);
    }
    return bundles.get(0);
  }

  /** Returns the only version of the backend that is installed. */
  String onlyVersion() throws IOException {
    JsonNode list = list();
    if (list.size() != 1) {
      throw new IOException("There should be one version, not " + list);
    }
    return list.get(0).path("version").asText();
  }

  /** Returns where a dropped file goes. */
  Path drop(String name) {
    return home.resolve("deploy").resolve(name);
  }

  /** Waits until a version of the backend is there. */
  void awaitVersion(String version) throws Exception {
    await("version " + version, list -> row(list, version) != null);
  }

  /** Waits until a version of the backend is gone. */
  void awaitGone(String version) throws Exception {
    await("the end of " + version, list -> row(list, version) == null);
  }

  /** Does to the core what replacing a plugin must never do. */
  public void refreshCore() throws IOException {
    run("bundle:refresh io.rookery.sending");
  }

  /** Moves everybody to a version that is installed and makes it the current one. */
  void adopt(String version) throws Exception {
    move(version, 100);
    run("rookery:backend-settle " + BACKEND);
  }

  /**
   * Moves a share of the tenants to a version and waits until it sends for them, and for everybody
   * until nobody is left in another one.
   */
  void move(String version, int percent) throws Exception {
    long before = row(list(), version).path("accepted").asLong();
    run("rookery:backend-move --percent " + percent + " " + BACKEND + " " + version);
    await(
        version + " to send",
        list -> {
          boolean sends = row(list, version).path("accepted").asLong() >= before + percent;
          return sends && (percent < 100 || othersCalls(list, version) == 0);
        });
  }

  private static int othersCalls(JsonNode list, String version) {
    int calls = 0;
    for (JsonNode row : list) {
      calls += row.path("version").asText().equals(version) ? 0 : row.path("calls").asInt();
    }
    return calls;
  }

  /** Waits until everybody has left a version by itself. */
  void awaitReturn(String version) throws Exception {
    await(
        "the return from " + version,
        "rookery:backend-uses --json",
        uses -> {
          for (JsonNode use : uses) {
            if (use.path("next").asText().equals(version)) {
              return use.path("state").asText().equalsIgnoreCase("returned");
            }
          }
          return false;
        });
  }

  private void await(String what, Predicate<JsonNode> seen) throws Exception {
    await(what, LIST, seen);
  }

  private void await(String what, String command, Predicate<JsonNode> seen) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode shown = json(command);
    while (!seen.test(shown)) {
      if (System.nanoTime() > end) {
        throw new IOException("Waited in vain for " + what + ": " + shown);
      }
      TimeUnit.MILLISECONDS.sleep(50);
      shown = json(command);
    }
  }

  private JsonNode list() throws IOException {
    return json(LIST);
  }

  private JsonNode json(String command) throws IOException {
    return new ObjectMapper().readTree(shell.run(command));
  }

  private static JsonNode row(JsonNode list, String version) {
    for (JsonNode row : list) {
      if (row.path("version").asText().equals(version)) {
        return row;
      }
    }
    return null;
  }
}
