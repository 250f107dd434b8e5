// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files that are gone when this JVM has ended. */
public final class Scratch {

  private Scratch() {}

  /** Writes a file. */
  public static Path file(String ending, CharSequence text) throws IOException {
    Path file = Files.createTempFile("rookery-", ending);
    file.toFile().deleteOnExit();
    return Files.writeString(file, text);
  }

  /** Makes a folder that goes with all that is in it. */
  public static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("rookery-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "rookery-scratch"));
    return folder;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
