// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.timing.PairedTimes;
import io.rookery.benchmarks.timing.PairedTimes.Estimate;
import io.rookery.benchmarks.timing.Questions;
import io.rookery.benchmarks.timing.Questions.Question;
import io.rookery.itests.isolation.Crowd;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Whether the time that an answer takes tells that there is an account: of sign-ins with a wrong
 * password, and of mails with a link that are asked for. Asked in pairs, of an address with an
 * account and of one without, in an order that is drawn. The sabotage tries one address without an
 * account all the time, which is locked soon, so that no password is looked at.
 */
final class Timing {

  private static final int COUNT = 400;
  private static final int WARM = 40;
  private static final double COIN = 0.5;

  /** An interval that is wider tells too little. */
  private static final double WIDEST_HALF = 0.075;

  /** What an answer leads to, a row in the log or a mail, is to be over when the next is asked. */
  private static final long PAUSE_MILLIS = 50;

  private static final String UNLIMITED = "100000000";

  private final Options options;
  private final Report report;

  Timing(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    try (Bench bench = Bench.start("timing", Timing::open)) {
      RunningRookery rookery = bench.rookery();
      Rest operator = new Rest(rookery.root(), TenantKey.of(rookery, "operator").key());
      Questions questions =
          new Questions(rookery.root(), new Crowd(rookery.root(), operator, "operator"));
      List<Question> all = options.sabotage() ? List.of(questions.sameSignIn()) : questions.all();
      boolean holds = true;
      for (Question question : all) {
        pairs(question, WARM);
        holds &= tell(question.name(), pairs(question, options.countOr(COUNT)));
      }
      return holds;
    }
  }

  private static void open(RunningRookery rookery) throws IOException {
    rookery.with(
        "io.rookery.tenancy.cfg",
        Map.of("operator_rate_per_minute", UNLIMITED, "operator_burst", UNLIMITED));
    rookery.with("io.rookery.rest.cfg", Map.of("trusted.proxies", "127.0.0.1"));
  }

  private static PairedTimes pairs(Question question, int count) throws Exception {
    double[][] micros = new double[2][count];
    Random order = new Random(count);
    for (int i = 0; i < count; i++) {
      question.next(i);
      int first = order.nextInt(2);
      micros[first][i] = micros(question, first == 0);
      micros[1 - first][i] = micros(question, first != 0);
    }
    return new PairedTimes(micros[0], micros[1]);
  }

  private static double micros(Question question, boolean known) throws Exception {
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    long begin = System.nanoTime();
    question.ask(known);
    return (System.nanoTime() - begin) / 1e3;
  }

  private boolean tell(String name, PairedTimes times) {
    Estimate auc = times.auc();
    report.line(
        "timing %s: %d pairs, median with an account %.0f µs, without %.0f µs, of the differences"
            + " %.0f µs, AUC %.3f in [%.3f, %.3f] (99 %%), gate %.1f within and half a width of %.3f",
        name,
        times.pairs(),
        Report.median(times.known()),
        Report.median(times.unknown()),
        Report.median(times.differences()),
        auc.value(),
        auc.low(),
        auc.high(),
        COIN,
        WIDEST_HALF);
    return auc.contains(COIN) && auc.half() <= WIDEST_HALF;
  }
}
