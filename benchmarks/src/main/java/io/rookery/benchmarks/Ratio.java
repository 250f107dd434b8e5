// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A campaign of the whole platform beside smtp-source, both into the same sink, in turns. The
 * campaign's time runs from its start to its completion: choosing, rendering, sending and
 * recording.
 */
final class Ratio {

  private static final double GATE = 0.25;

  private final Options options;
  private final Report report;

  Ratio(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int count = options.countOr(50_000);
    int rounds = options.roundsOr(5);
    double[] ratios = new double[rounds];
    try (SmtpSink sink = SmtpSink.start();
        Bench bench = Bench.start("ratio")) {
      report.line("fsync of this disk: %.0f µs", bench.fsyncMicros());
      Setup setup = setup(bench, sink, count);
      for (int round = 0; round < rounds; round++) {
        double source = sink.source(count);
        double campaign = count / campaign(bench, setup, round);
        ratios[round] = campaign / source;
        report.line(
            "round %d: smtp-source %.0f/s, campaign %.0f/s, ratio %.3f",
            round + 1, source, campaign, ratios[round]);
      }
    }
    double median = Report.median(ratios);
    report.line("ratio %.3f gate %.2f", median, GATE);
    return median >= GATE;
  }

  private record Setup(String list, String mailbox, String template) {}

  private Setup setup(Bench bench, SmtpSink sink, int count) throws Exception {
    bench.rookery().shell("rookery:domain-trust " + bench.tenant().slug() + " bench.example");
    Rest rest = bench.rest();
    String list = rest.post("lists", Rest.object("name", "all")).path("id").asText();
    String id =
        rest.postCsv(
                "imports?file_name=all.csv&list_id=" + list,
                ContactsFile.write(bench.file("all.csv"), count))
            .path("id")
            .asText();
    await(rest, "imports/" + id, "succeeded");
    return new Setup(list, mailbox(rest, sink), template(rest));
  }

  private String mailbox(Rest rest, SmtpSink sink) throws Exception {
    Object settings =
        Rest.object(
            "host",
            "127.0.0.1",
            "port",
            Integer.toString(sink.port()),
            "security",
            "none",
            "connections",
            options.sabotage() ? "1" : "10");
    return rest.post(
            "mailboxes",
            Rest.object(
                "address",
                "bench@bench.example",
                "display_name",
                "Bench",
                "backend",
                "smtp",
                "settings",
                settings,
                "daily_limit",
                1_000_000,
                "minimum_gap_millis",
                options.sabotage() ? 2 : 0))
        .path("id")
        .asText();
  }

  /** A mail of about 10 kB with eight tracked links, as the yardstick's messages are 10 kB. */
  private static String template(Rest rest) throws Exception {
    StringBuilder html = new StringBuilder("<html><body><h1>Hello {{ contact.first_name }}</h1>");
    for (int i = 0; i < 8; i++) {
      html.append("<p>").append("Rooks build high. ".repeat(50));
      html.append("<a href=\"https://example.com/story/").append(i).append("\">More</a></p>");
    }
    html.append("<p><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p></body></html>");
    return rest.post(
            "templates",
            Rest.object(
                "name", "bench",
                "subject", "News for {{ contact.first_name }}",
                "html", html.toString(),
                "text", "Hello {{ contact.first_name }}\n{{ unsubscribe_url }}\n"))
        .path("id")
        .asText();
  }

  /** Returns the seconds from a campaign's start to its completion. */
  private static double campaign(Bench bench, Setup setup, int round) throws Exception {
    Rest rest = bench.rest();
    String id =
        rest.post(
                "campaigns",
                Rest.object(
                    "name",
                    "bench " + round,
                    "template_id",
                    setup.template(),
                    "list_ids",
                    List.of(setup.list()),
                    "mailbox_ids",
                    List.of(setup.mailbox()),
                    "category",
                    "commercial",
                    "track_opens",
                    true,
                    "track_clicks",
                    true))
            .path("id")
            .asText();
    long begin = System.nanoTime();
    rest.post("campaigns/" + id + "/start", null);
    await(rest, "campaigns/" + id, "completed");
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void await(Rest rest, String path, String state) throws Exception {
    while (true) {
      JsonNode now = rest.get(path);
      String is = now.path("state").asText();
      if (is.equals(state)) {
        return;
      }
      if (is.equals("failed") || is.equals("cancelled")) {
        throw new IOException(path + " came to " + now);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
