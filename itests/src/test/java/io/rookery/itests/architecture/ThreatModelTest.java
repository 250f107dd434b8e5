// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever class or test the threat model names is there. */
class ThreatModelTest {

  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
  private static final int ROWS = 60;

  private static Set<String> sources() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String root : new String[] {"../bundles", "../itests"}) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .forEach(names::add);
      }
    }
    return names;
  }

  @Test
  void everyNameShouldBeThatOfAClass() throws Exception {
    String model = Files.readString(Path.of("../docs/threat-model.md"));
    Matcher named = NAME.matcher(model);
    Set<String> missing = named.results().map(found -> found.group(1)).collect(Collectors.toSet());
    missing.removeAll(sources());
    missing.removeAll(Set.of("STRIDE", "TRACE"));
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyAnsweredThreatShouldNameATest() throws Exception {
    String model = Files.readString(Path.of("../docs/threat-model.md"));
    long rows =
        model
            .lines()
            .filter(line -> line.matches("\\| [STRIDE] \\|.*"))
            .filter(line -> !line.matches("\\| [STRIDE] \\| \\*.*"))
            .filter(line -> line.matches(".*`\\w+(Test|IT)`[^|]*\\|$"))
            .count();
    assertTrue(rows >= ROWS, "Rows with a test: " + rows);
  }
}
