// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of the server's programs to its end. */
final class Command {

  /**
   * How a program ended.
   *
   * @param exit its exit value
   * @param output what it wrote to both of its streams
   */
  record Result(int exit, String output) {

    boolean success() {
      return exit == 0;
    }
  }

  private Command() {}

  /**
   * Runs a program. Its output goes through a file, as a server that it leaves running would keep a
   * pipe open for ever.
   */
  static Result run(List<String> words, Duration patience) {
    try {
      Path output = Files.createTempFile("rookery-", ".out");
      try {
        return run(words, patience, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not run " + words.get(0), e);
    }
  }

  private static Result run(List<String> words, Duration patience, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new Result(-1, "No answer within " + patience.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return new Result(-1, "Interrupted");
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).trim());
  }
}
