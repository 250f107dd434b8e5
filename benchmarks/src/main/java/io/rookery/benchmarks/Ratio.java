// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.itests.running.PostfixSink;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A campaign of the whole platform beside smtp-source, both into the same sink, in turns; then as
 * many messages spread over a hundred tenants, each with a campaign and a mailbox of its own. The
 * time runs from the start of the first campaign to the completion of the last: choosing,
 * rendering, sending and recording.
 */
final class Ratio {

  private static final double GATE = 0.25;
  private static final int TENANTS = 100;

  private final Options options;
  private final Report report;
  private final int rounds;

  Ratio(Options options, Report report) {
    this.options = options;
    this.report = report;
    this.rounds = options.roundsOr(5);
  }

  boolean run() throws Exception {
    int count = options.countOr(50_000);
    try (PostfixSink sink = PostfixSink.start();
        Bench bench = Bench.start("ratio")) {
      report.line("fsync of this disk: %.0f µs", bench.fsyncMicros());
      double one = median(sink, senders(bench, sink, 1, count), count);
      int each = Math.max(1, count / TENANTS);
      double hundred = median(sink, senders(bench, sink, TENANTS, each), each * TENANTS);
      report.line("ratio %.3f gate %.2f, %d tenants %.3f", one, GATE, TENANTS, hundred);
      return one >= GATE;
    }
  }

  /** Sets tenants up, each with so many contacts; one has ten connections, more have one each. */
  private List<Sender> senders(Bench bench, PostfixSink sink, int tenants, int contacts)
      throws Exception {
    String word = "of" + tenants + "n";
    Path file = ContactsFile.write(bench.file(word + ".csv"), contacts);
    Object settings = Sender.smtp(sink.port(), options.sabotage() || tenants > 1 ? 1 : 10);
    List<Sender> senders = new ArrayList<>();
    for (TenantKey key : Tenants.create(bench.rookery(), word, tenants, Sender.DOMAIN)) {
      Rest rest = new Rest(bench.rookery().root(), key.key());
      senders.add(Sender.create(rest, file, settings, options.sabotage() ? 2 : 0));
    }
    return senders;
  }

  private double median(PostfixSink sink, List<Sender> senders, int count) throws Exception {
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      double source = SmtpSource.rate(sink.port(), count);
      double campaign = count / seconds(senders, round);
      ratios[round] = campaign / source;
      report.line(
          "round %d, %d tenants: smtp-source %.0f/s, campaign %.0f/s, ratio %.3f",
          round + 1, senders.size(), source, campaign, ratios[round]);
    }
    return Report.median(ratios);
  }

  /** Has each send a campaign to all its contacts; returns how long that takes. */
  static double seconds(List<Sender> senders, int round) throws Exception {
    List<String> campaigns = new ArrayList<>();
    for (Sender sender : senders) {
      campaigns.add(sender.campaign(round));
    }
    Instant begin = Instant.now();
    for (int i = 0; i < campaigns.size(); i++) {
      senders.get(i).start(campaigns.get(i));
    }
    Instant end = begin;
    for (int i = 0; i < campaigns.size(); i++) {
      Instant done = senders.get(i).awaitCompletion(campaigns.get(i));
      end = done.isAfter(end) ? done : end;
    }
    return Duration.between(begin, end).toNanos() / 1e9;
  }
}
