// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.benchmarks.signing.NameServer;
import io.rookery.itests.running.PostfixSink;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import io.rookery.testkit.peers.FreePorts;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A campaign of a verified domain, whose every message is signed by RSA-2048 and by Ed25519, beside
 * smtp-source and beside what OpenSSL signs on as many processors, in turns. The domain's records
 * are served by Knot DNS. That mail is signed is seen at a message that the sandbox caught.
 */
final class SignedRatio {

  private static final double GATE_SOURCE = 0.25;
  private static final double GATE_OPENSSL = 0.4;

  private final Options options;
  private final Report report;

  SignedRatio(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int count = options.countOr(50_000);
    int names = FreePorts.next();
    try (PostfixSink sink = PostfixSink.start();
        Bench bench =
            Bench.start(
                "ratio",
                rookery ->
                    rookery.with(
                        "io.rookery.mailboxes.cfg",
                        Map.of("dns.resolvers", "127.0.0.1:" + names)))) {
      report.line("fsync of this disk: %.0f µs", bench.fsyncMicros());
      TenantKey key = Tenants.create(bench.rookery(), "signed", 1, Sender.DOMAIN).get(0);
      Rest rest = new Rest(bench.rookery().root(), key.key());
      JsonNode domain = rest.post("domains", Rest.object("name", Sender.DOMAIN));
      Path folder = Files.createDirectories(bench.file("knot"));
      try (NameServer server =
          NameServer.start(folder, names, Map.of(Sender.DOMAIN, zone(domain)))) {
        String state =
            rest.post("domains/" + domain.path("id").asText() + "/verify", null)
                .path("state")
                .asText();
        if (!state.equals("verified")) {
          throw new IOException(
              "The domain is " + state + " by the name server on " + server.port());
        }
        Path file = ContactsFile.write(bench.file("all.csv"), count);
        Object settings = Sender.smtp(sink.port(), options.sabotage() ? 1 : 10);
        Sender sender = Sender.create(rest, file, settings, options.sabotage() ? 2 : 0);
        requireSigned(rest, sender);
        return rounds(sink, sender, count);
      }
    }
  }

  /** Returns a zone with the records that the domain should have, where their value is known. */
  private static String zone(JsonNode domain) {
    StringBuilder zone = new StringBuilder("$ORIGIN " + Sender.DOMAIN + ".\n$TTL 300\n");
    zone.append("@ SOA ns hostmaster 1 3600 900 86400 300\n@ NS ns\nns A 127.0.0.1\n");
    for (JsonNode record : domain.path("records")) {
      if (record.path("type").asText().equals("TXT") && !record.path("strings").isEmpty()) {
        zone.append(record.path("host").asText()).append(". TXT");
        record.path("strings").forEach(text -> zone.append(' ').append(quoted(text.asText())));
        zone.append('\n');
      }
    }
    return zone.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Has the sandbox catch a message from the domain and throws where it is not signed twice. */
  private static void requireSigned(Rest rest, Sender sender) throws Exception {
    String sandbox =
        rest.post(
                "mailboxes", Rest.object("address", "seen@" + Sender.DOMAIN, "backend", "sandbox"))
            .path("id")
            .asText();
    rest.post(
        "messages",
        Rest.object(
            "mailbox_id",
            sandbox,
            "to",
            "dest@example.com",
            "template_id",
            sender.template(),
            "category",
            "commercial"));
    String source = "";
    for (int tries = 0; tries < 300 && source.isEmpty(); tries++) {
      Thread.sleep(100);
      JsonNode caught = rest.get("sandbox-messages").path("data");
      if (!caught.isEmpty()) {
        source =
            rest.send(
                    "GET",
                    "sandbox-messages/" + caught.get(0).path("id").asText() + "/source",
                    BodyPublishers.noBody(),
                    "application/json")
                .body();
      }
    }
    if (!source.contains("a=rsa-sha256") || !source.contains("a=ed25519-sha256")) {
      throw new IOException("Mail is not signed: " + source);
    }
  }

  private boolean rounds(PostfixSink sink, Sender sender, int count) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    int rounds = options.roundsOr(5);
    double[] ofSource = new double[rounds];
    double[] ofOpenSsl = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      double source = SmtpSource.rate(sink.port(), count);
      double signatures = cores * OpenSsl.signatures();
      double campaign = count / Ratio.seconds(List.of(sender), round);
      ofSource[round] = campaign / source;
      ofOpenSsl[round] = campaign / signatures;
      report.line(
          "round %d: smtp-source %.0f/s, openssl %.0f signatures/s on %d processors, signed campaign"
              + " %.0f/s, ratios %.3f %.3f",
          round + 1, source, signatures, cores, campaign, ofSource[round], ofOpenSsl[round]);
    }
    double bySource = Report.median(ofSource);
    double byOpenSsl = Report.median(ofOpenSsl);
    report.line(
        "ratio signed %.3f gate %.2f, of openssl %.3f gate %.2f",
        bySource, GATE_SOURCE, byOpenSsl, GATE_OPENSSL);
    return bySource >= GATE_SOURCE && byOpenSsl >= GATE_OPENSSL;
  }
}
