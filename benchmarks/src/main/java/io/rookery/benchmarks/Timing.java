// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.itests.isolation.Call;
import io.rookery.itests.isolation.Crowd;
import io.rookery.itests.isolation.Door;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Whether the time that a refused sign-in takes tells that there is an account. A wrong password is
 * tried in pairs, of an address with an account and of one without, in an order that is drawn; no
 * address is tried so often that it is locked. The sabotage tries one address without an account
 * all the time, which is locked soon, so that no password is looked at.
 */
final class Timing {

  private static final int COUNT = 400;
  private static final int WARM = 40;

  /** One less than what locks an address. */
  private static final int TRIES = 4;

  /** How far from a coin's toss the guess of somebody who sees one time may be, at the most. */
  private static final double GATE = 0.1;

  private static final double NORMAL_95 = 1.96;
  private static final String UNLIMITED = "100000000";

  private final Options options;
  private final Report report;

  Timing(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    try (Bench bench = Bench.start("timing", Timing::unlimited)) {
      RunningRookery rookery = bench.rookery();
      Rest operator = new Rest(rookery.root(), TenantKey.of(rookery, "operator").key());
      Crowd crowd = new Crowd(rookery.root(), operator, "operator");
      Door door = new Door(rookery.root(), null);
      int count = options.countOr(COUNT);
      pairs(crowd, door, WARM);
      double[][] micros = pairs(crowd, door, count);
      return tell(micros[0], micros[1]);
    }
  }

  private static void unlimited(RunningRookery rookery) throws IOException {
    rookery.with(
        "io.rookery.tenancy.cfg",
        Map.of("operator_rate_per_minute", UNLIMITED, "operator_burst", UNLIMITED));
  }

  /** Returns the microseconds of each try with an account, and of each without. */
  private double[][] pairs(Crowd crowd, Door door, int count) throws Exception {
    double[][] micros = new double[2][count];
    Random order = new Random(count);
    String[] emails = {null, nobody()};
    for (int i = 0; i < count; i++) {
      if (i % TRIES == 0) {
        emails[0] = (String) crowd.credentials().get("email");
        emails[1] = options.sabotage() ? emails[1] : nobody();
      }
      int first = order.nextInt(2);
      micros[first][i] = micros(door, emails[first]);
      micros[1 - first][i] = micros(door, emails[1 - first]);
    }
    return micros;
  }

  private static String nobody() {
    return "p" + UUID.randomUUID() + "@people.example";
  }

  private static double micros(Door door, String email) throws IOException, InterruptedException {
    Object body = Rest.object("email", email, "password", "wrong otter, 9 stones");
    Call call = new Call("POST", "/api/v1/sessions", List.of(), Map.of(), body, email);
    long begin = System.nanoTime();
    int status = door.send(call).status();
    double micros = (System.nanoTime() - begin) / 1e3;
    if (status != 401 && status != 429 && status != 403) {
      throw new IOException("A wrong password was answered with " + status);
    }
    return micros;
  }

  /**
   * How likely a time with an account is the longer one (Mann and Whitney), and how sure that is.
   */
  private boolean tell(double[] known, double[] unknown) {
    double auc = auc(known, unknown);
    double sure = NORMAL_95 * standardError(auc, known.length, unknown.length);
    double[] differences = new double[known.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = known[i] - unknown[i];
    }
    report.line(
        "median with an account %.0f µs, without %.0f µs, of the differences %.0f µs",
        Report.median(known), Report.median(unknown), Report.median(differences));
    report.line(
        "timing %d pairs, AUC %.3f ± %.3f (95 %%), gate within 0.5 ± %.1f",
        known.length, auc, sure, GATE);
    return Math.abs(auc - 0.5) + sure <= GATE;
  }

  private static double auc(double[] known, double[] unknown) {
    double longer = 0;
    for (double mine : known) {
      for (double his : unknown) {
        longer += mine > his ? 1 : mine == his ? 0.5 : 0;
      }
    }
    return longer / known.length / unknown.length;
  }

  /** By Hanley and McNeil, 1982. */
  private static double standardError(double auc, int known, int unknown) {
    double one = auc / (2 - auc) - auc * auc;
    double two = 2 * auc * auc / (1 + auc) - auc * auc;
    double variance = auc * (1 - auc) + (known - 1) * one + (unknown - 1) * two;
    return Math.sqrt(variance / known / unknown);
  }
}
