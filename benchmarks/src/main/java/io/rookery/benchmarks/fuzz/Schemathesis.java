// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fuzz;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs schemathesis, with our hooks, against a server. */
public final class Schemathesis {

  /** The version that the hooks were written for. */
  public static final String WANTED = "schemathesis==4.32.5";

  private static final String CHECKS =
      "not_a_server_error,status_code_conformance,content_type_conformance,"
          + "response_headers_conformance,response_schema_conformance,use_after_free,"
          + "ensure_resource_availability";
  private static final long PATIENCE_MINUTES = 60;

  private final Path program;
  private final Path folder;

  /** Runs a program; its reports go into a folder. */
  public Schemathesis(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Returns the program on the PATH, or empty. */
  public static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .filter(place -> !place.isEmpty())
        .map(place -> Path.of(place, "schemathesis"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * What is to be fuzzed.
   *
   * @param server where the server, or what stands before it, answers
   * @param paths a regular expression of the paths that are asked for
   * @param key the key that is sent
   * @param supplier where prepared requests are had
   * @param spared ids of objects that the run needs itself
   */
  public record Target(URI server, String paths, String key, URI supplier, List<String> spared) {}

  /** Makes about so many cases of each operation and phase; returns once all are answered. */
  public void run(Target target, int casesOfEach) throws IOException, InterruptedException {
    String url = target.server().toString().replaceFirst("/$", "");
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "run",
            url + "/api/openapi.json",
            "--url=" + url,
            "--include-path-regex=^" + target.paths() + "$",
            "--workers=4",
            "--phases=examples,coverage,fuzzing,stateful",
            "--checks=" + CHECKS,
            "--max-examples=" + casesOfEach,
            "--continue-on-failure",
            "--no-shrink",
            "--generation-database=none",
            "--suppress-health-check=all",
            "--request-timeout=60",
            "--warnings=off",
            "--no-color",
            "--report=ndjson",
            "--report-ndjson-path=" + events());
    builder.environment().put("SCHEMATHESIS_HOOKS", "rookery_hooks");
    builder.environment().put("PYTHONPATH", Path.of("benchmarks/fuzz").toAbsolutePath().toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("ROOKERY_FUZZ_SUPPLIER", target.supplier().toString());
    builder.environment().put("ROOKERY_FUZZ_KEY", target.key());
    builder.environment().put("ROOKERY_FUZZ_TALLY", tally().toString());
    builder.environment().put("ROOKERY_FUZZ_SPARED", String.join(",", target.spared()));
    builder.directory(folder.toFile()); // It keeps what failed in the folder that it runs in.
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("schemathesis did not end; see " + log());
      }
    } finally {
      process.destroyForcibly();
    }
    // 1 means that a check failed, which the events tell; all else means that it did not run.
    if (process.exitValue() > 1 || !Files.exists(events())) {
      throw new IOException("schemathesis did not run:\n" + Files.readString(log()));
    }
  }

  /** Returns the file of events. */
  public Path events() {
    return folder.resolve("events.ndjson");
  }

  /** Returns the file that the hooks count in. */
  public Path tally() {
    return folder.resolve("tally.txt");
  }

  /** Returns the file that it says in what it found. */
  public Path log() {
    return folder.resolve("schemathesis.log");
  }
}
