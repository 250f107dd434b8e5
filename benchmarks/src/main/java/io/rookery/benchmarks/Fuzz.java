// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.fuzz.Awake;
import io.rookery.benchmarks.fuzz.OpenRequests;
import io.rookery.benchmarks.fuzz.Schemathesis;
import io.rookery.benchmarks.fuzz.Schemathesis.Target;
import io.rookery.benchmarks.fuzz.Spoilt;
import io.rookery.benchmarks.fuzz.Supplier;
import io.rookery.benchmarks.fuzz.Tally;
import io.rookery.benchmarks.fuzz.Violations;
import io.rookery.benchmarks.proxy.HttpProxy;
import io.rookery.itests.isolation.Operation;
import io.rookery.itests.isolation.ServedApi;
import io.rookery.itests.isolation.Stage;
import io.rookery.itests.isolation.Stage.Tenant;
import io.rookery.itests.running.RunningRookery;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has schemathesis make requests, right ones and wrong ones, from the served OpenAPI document, with
 * a key of the operator's, to which every operation is open. No answer may be a 5xx or differ from
 * the document, and each operation is to have been reached.
 */
final class Fuzz {

  /** An operation that succeeded in fewer cases than this was hardly tried. */
  private static final double LEAST_PERCENT = 20;

  /** The host of links, which nobody has to resolve. */
  private static final String LINKS = "links.rookery.example";

  private static final String UNLIMITED = "100000000";

  /** Where the planted faults are; the rest would only take time. */
  private static final String PLANTED = "/api/v1/(lists|suppressions)(/.*)?";

  private static final String ALL = ".*";

  private final Options options;
  private final Report report;

  Fuzz(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    Optional<Path> program = Schemathesis.find();
    if (program.isEmpty()) {
      report.line("schemathesis is not on the PATH: pip install " + Schemathesis.WANTED);
      return false;
    }
    int count = options.countOr(options.sabotage() ? 300 : 20_000);
    String paths = options.sabotage() ? PLANTED : ALL;
    try (Bench bench = Bench.start("fuzz", Fuzz::unlimited)) {
      Tenant operator = Stage.on(bench.rookery()).settledOperator();
      List<Operation> operations = ServedApi.read(bench.rookery().root()).operations();
      Path folder = Files.createTempDirectory("rookery-fuzz-report-");
      Schemathesis schemathesis = new Schemathesis(program.get(), folder);
      OpenRequests open = OpenRequests.of(operator, LINKS);
      try (Awake awake = new Awake(operator.rest());
          Supplier supplier = Supplier.start(operations, operator.side().owner(), open);
          HttpProxy spoilt = HttpProxy.before(bench.rookery().root(), new Spoilt())) {
        awake.begin();
        URI server = options.sabotage() ? spoilt.address() : bench.rookery().root();
        int asked = (int) operations.stream().filter(o -> o.template().matches(paths)).count();
        List<String> spared = spared(operator);
        schemathesis.run(
            new Target(server, paths, operator.key(), supplier.address(), spared),
            Math.max(1, count / asked));
        return holds(schemathesis, asked, count);
      }
    }
  }

  private static void unlimited(RunningRookery rookery) throws IOException {
    rookery.with(
        "io.rookery.tenancy.cfg",
        Map.of("operator_rate_per_minute", UNLIMITED, "operator_burst", UNLIMITED));
    // Links are mailed to a source that asks seldom alone; so each ask has one of its own.
    rookery.with("io.rookery.rest.cfg", Map.of("trusted.proxies", "127.0.0.1"));
    rookery.with("io.rookery.sending.cfg", Map.of("public.base_url", "https://" + LINKS));
  }

  private static List<String> spared(Tenant operator) throws IOException, InterruptedException {
    List<String> spared = new ArrayList<>(operator.side().owner().kept());
    spared.add(operator.rest().get("me").path("key_id").asText());
    spared.add(operator.side().tenantId());
    return spared;
  }

  private boolean holds(Schemathesis schemathesis, int operations, int count) throws IOException {
    Tally tally = Tally.read(schemathesis.tally(), OpenRequests.UNREACHABLE.keySet());
    Violations violations = Violations.read(schemathesis.events());
    violations.lines().forEach(line -> report.line("%s", line));
    OpenRequests.UNREACHABLE.forEach(
        (operation, why) -> report.line("not to be reached: %s, for %s", operation, why));
    tally.below(LEAST_PERCENT).forEach(line -> report.line("%s", line));
    report.line("%d checks; reports in %s", violations.checks(), schemathesis.log().getParent());
    report.line(
        "fuzz cases %d operations %d, least 2xx %.0f %%, 5xx %d, schema violations %d",
        tally.cases(), tally.operations(), tally.least(), tally.failed(), violations.schema());
    return tally.cases() >= count
        && tally.operations() == operations
        && tally.least() >= LEAST_PERCENT
        && tally.failed() == 0
        && violations.schema() == 0;
  }
}
