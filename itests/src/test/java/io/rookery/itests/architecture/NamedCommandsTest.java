// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents and configuration tell people to type, the shell has; and tells of all of it. */
class NamedCommandsTest {

  private static final Pattern COMMAND =
      Pattern.compile("@Command\\(\\s*scope = \"rookery\",\\s*name = \"([a-z-]+)\"");
  private static final Pattern NAMED =
      Pattern.compile("(?<!urn:)rookery:([a-z][a-z0-9-]*[a-z0-9])");
  private static final Pattern LISTED = Pattern.compile("`([a-z]+(?:-[a-z]+)+)[ `]");

  private static Set<String> found(String root, String ending, Pattern pattern) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(root))) {
      Set<String> found = new TreeSet<>();
      for (Path file : files.filter(it -> it.toString().endsWith(ending)).toList()) {
        pattern
            .matcher(Files.readString(file))
            .results()
            .map((MatchResult match) -> match.group(1))
            .forEach(found::add);
      }
      return found;
    }
  }

  private static Set<String> commands() throws IOException {
    return found("../bundles/edge/shell/src/main", ".java", COMMAND);
  }

  @Test
  void everyCommandThatIsNamedShouldExist() throws Exception {
    Set<String> named = found("../docs", ".md", NAMED);
    named.addAll(found("../etc", ".cfg", NAMED));
    named.addAll(found("../README.md", ".md", NAMED));
    for (String bundles : List.of("core", "edge", "ground", "plugins")) {
      named.addAll(found("../bundles/" + bundles, ".java", NAMED));
    }
    assertTrue(named.size() > 50, "These are all: " + named);
    named.removeAll(commands());
    assertEquals(Set.of(), named);
  }

  @Test
  void everyCommandShouldStandInTheListOfThem() throws Exception {
    Set<String> missing = commands();
    assertTrue(missing.size() > 100, "These are all: " + missing);
    missing.removeAll(found("../docs/shell.md", ".md", LISTED));
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyRunbookShouldNameCommands() throws Exception {
    String runbooks = Files.readString(Path.of("../docs/runbooks.md"));
    for (String runbook : runbooks.split("\\n## ")) {
      assertTrue(
          runbook.startsWith("# ") || NAMED.matcher(runbook).results().count() >= 3, runbook);
    }
  }
}
