// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import io.rookery.persistence.internal.server.EmbeddedServer;
import io.rookery.persistence.internal.server.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes servers of test runs that were killed before they could do so themselves. */
final class TestLeftovers {

  static final String PREFIX = "jvm-";

  private static final Logger LOG = LoggerFactory.getLogger(TestLeftovers.class);

  private TestLeftovers() {}

  static void remove(Path cache) {
    for (Path folder : folders(cache)) {
      long pid = Long.parseLong(folder.getFileName().toString().substring(PREFIX.length()));
      if (ProcessHandle.of(pid).isPresent()) {
        continue;
      }
      try {
        EmbeddedServer.stopLeftover(folder);
        Folders.delete(folder);
      } catch (IOException | RuntimeException e) {
        LOG.warn("A former test server below {} cannot be removed", folder, e);
      }
    }
  }

  private static List<Path> folders(Path cache) {
    try (Stream<Path> all = Files.list(cache)) {
      return all.filter(path -> path.getFileName().toString().matches(PREFIX + "\\d+")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
