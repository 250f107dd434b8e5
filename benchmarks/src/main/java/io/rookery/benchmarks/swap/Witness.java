// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.swap;

import io.rookery.itests.running.RemoteShell;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must stay as it is while plugins are replaced, seen from outside. Of each bundle but the
 * replaced plugin: id, place, time of its last change and number of refreshes, as the framework's
 * cache has them, and the ids of its services: a bundle that was started again has new ones.
 */
public final class Witness {

  private static final Pattern SERVICE_ID = Pattern.compile("service\\.id = (\\d+)");
  private static final Pattern BUNDLE_ID = Pattern.compile("service\\.bundleid = (\\d+)");

  private final Map<Long, String> seen;

  private Witness(Map<Long, String> seen) {
    this.seen = seen;
  }

  /** Looks at a running platform. */
  public static Witness of(Path home, RemoteShell shell) throws IOException {
    Map<Long, String> seen = new TreeMap<>();
    try (DirectoryStream<Path> bundles =
        Files.newDirectoryStream(home.resolve("data/cache"), "bundle*")) {
      for (Path bundle : bundles) {
        Path info = bundle.resolve("bundle.info");
        if (Files.exists(info)) {
          List<String> lines = Files.readAllLines(info);
          // id, location, state, start level, last change, refreshes
          seen.put(
              Long.parseLong(lines.get(0)),
              lines.get(1) + " changed " + lines.get(4) + " refreshed " + lines.get(5));
        }
      }
    }
    Map<Long, TreeSet<Long>> services = services(shell.run("service:list"));
    seen.replaceAll(
        (id, what) ->
            // Those of Karaf come and go with each shell session.
            what.startsWith("mvn:io.rookery/") ? what + " services " + services.get(id) : what);
    return new Witness(seen);
  }

  private static Map<Long, TreeSet<Long>> services(String text) {
    Map<Long, TreeSet<Long>> services = new TreeMap<>();
    Matcher bundle = BUNDLE_ID.matcher(text);
    Matcher service = SERVICE_ID.matcher(text);
    // Properties are listed in the order of their names, so the bundle's id comes first.
    while (bundle.find() && service.find(bundle.end())) {
      services
          .computeIfAbsent(Long.parseLong(bundle.group(1)), id -> new TreeSet<>())
          .add(Long.parseLong(service.group(1)));
    }
    return services;
  }

  /** Returns, of the bundles seen at first, those that are not as they were, with what changed. */
  public List<String> changedUntil(Witness later, String plugin) {
    List<String> changed = new ArrayList<>();
    seen.forEach(
        (id, what) -> {
          String now = later.seen.get(id);
          if (!what.contains(plugin) && !what.equals(now)) {
            changed.add("bundle " + id + " was " + what + ", is " + now);
          }
        });
    return changed;
  }
}
