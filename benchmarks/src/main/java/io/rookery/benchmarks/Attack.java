// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.attack.Assault;
import io.rookery.benchmarks.attack.Assault.Parties;
import io.rookery.benchmarks.attack.Leaky;
import io.rookery.benchmarks.cluster.InsideDatabase;
import io.rookery.benchmarks.proxy.HttpProxy;
import io.rookery.itests.isolation.Operation;
import io.rookery.itests.isolation.Operation.Access;
import io.rookery.itests.isolation.ServedApi;
import io.rookery.itests.isolation.Stage;
import io.rookery.itests.isolation.Stage.Tenant;
import io.rookery.itests.running.RunningRookery;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Asks for every operation that the platform serves as everybody to whom it is closed. Nobody may
 * get anything or change a row, and the owner gets what was asked for.
 */
final class Attack {

  private static final String UNLIMITED = "100000000";

  private final Options options;
  private final Report report;

  Attack(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    try (Bench bench = Bench.start("attack", Attack::unlimited);
        Connection database = new InsideDatabase(bench.rookery().home()).connect()) {
      URI root = bench.rookery().root();
      Stage stage = Stage.on(bench.rookery());
      Tenant owner = stage.settled();
      Tenant stranger = stage.settled();
      Parties parties = new Parties(owner, stranger, stage.operator());
      try (HttpProxy leaky = HttpProxy.before(root, new Leaky(stranger.key(), owner.key()))) {
        URI door = options.sabotage() ? leaky.address() : root;
        Assault assault =
            Assault.of(parties, door, database, complaint -> report.line("%s", complaint));
        return attack(assault, ServedApi.read(root));
      }
    }
  }

  private boolean attack(Assault assault, ServedApi api) throws Exception {
    List<Operation> operations =
        api.operations().stream()
            .filter(operation -> operation.access() != Access.OPEN)
            .sorted(Comparator.comparing(Attack::emptiesAll))
            .toList();
    for (Operation operation : operations) {
      if (operation.access() == Access.PERSON) {
        assault.onPeople(operation);
      } else {
        assault.on(operation);
      }
    }
    report.line(
        "attack %d cases of %d operations, leaks %d",
        assault.cases(), operations.size(), assault.leaks());
    return assault.leaks() == 0;
  }

  /** What empties a whole collection comes last, for others need something to be there. */
  private static boolean emptiesAll(Operation operation) {
    return operation.method().equals("DELETE") && !operation.hasPathParameters();
  }

  private static void unlimited(RunningRookery rookery) throws IOException {
    rookery.with(
        "io.rookery.tenancy.cfg",
        Map.of(
            "rate_per_minute", UNLIMITED,
            "burst", UNLIMITED,
            "operator_rate_per_minute", UNLIMITED,
            "operator_burst", UNLIMITED));
  }
}
