// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.faults.DatabaseFaults;
import io.rookery.benchmarks.faults.SmtpFaults;
import java.util.function.Consumer;

/** Shows that faults of SMTP servers and of the database have the right outcome each. */
final class Faults {

  private static final int FULL = 10_000;

  private final Options options;
  private final Report report;

  Faults(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int count = options.countOr(FULL);
    boolean sabotage = options.sabotage();
    Consumer<String> lines = line -> report.line("%s", line);
    SmtpFaults.Result smtp = new SmtpFaults(System.nanoTime(), sabotage, lines).run(count);
    report.line("SMTP: wrong %d leaked %d", smtp.wrong(), smtp.leaked());
    // A minute each, or what continuous integration has time for.
    int seconds = count < FULL ? 8 : 60;
    DatabaseFaults.Result database = new DatabaseFaults(seconds, sabotage, lines).run();
    report.line(
        "faults %d wrong %d leaked %d lost %d doubled %d not-503 %d untold %d",
        count,
        smtp.wrong(),
        smtp.leaked(),
        database.lost(),
        database.doubled(),
        database.wrong(),
        database.unhealthy());
    return smtp.wrong() + smtp.leaked() == 0
        && database.lost() + database.doubled() + database.wrong() + database.unhealthy() == 0;
  }
}
