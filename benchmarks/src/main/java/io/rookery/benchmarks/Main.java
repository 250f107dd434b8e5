// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

/** Runs one benchmark; its last line is the figure, its exit code says whether the figure holds. */
public final class Main {

  private Main() {}

  /** Takes the benchmark's name, then its options. */
  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments);
    Report report = new Report(System.out);
    boolean holds =
        switch (arguments[0]) {
          case "ratio" ->
              options.signed()
                  ? new SignedRatio(options, report).run()
                  : new Ratio(options, report).run();
          case "import" -> new ImportRate(options, report).run();
          case "kill" -> new Kill(options, report).run();
          case "nodes" -> new Nodes(options, report).run();
          case "soak" -> new Soak(options, report).run();
          case "faults" -> new Faults(options, report).run();
          case "audit" -> new Audit(options, report).run();
          case "plans" -> new Plans(options, report).run();
          case "fairness" -> new Fairness(options, report).run();
          case "signing" -> new Signing(options, report).run();
          case "slowdown" -> new SlowDown(options, report).run();
          case "keycheck" -> new KeyCheck(options, report).run();
          case "api" -> new Api(options, report).run();
          case "attack" -> new Attack(options, report).run();
          case "fuzz" -> new Fuzz(options, report).run();
          case "canary" -> new Canary(options, report).run();
          case "revoke" -> new Revoke(options, report).run();
          case "timing" -> new Timing(options, report).run();
          case "move" -> new Move(options, report).run();
          case "swap" -> new Swap(options, report).run();
          default -> {
            report.line("There is no benchmark " + arguments[0]);
            yield false;
          }
        };
    System.exit(holds ? 0 : 1);
  }
}
