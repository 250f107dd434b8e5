// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tenant that has all that a campaign needs: a list with contacts, a mailbox, a template. */
record Sender(Rest rest, String list, String mailbox, String template) {

  /** The domain that all senders write from. */
  static final String DOMAIN = "bench.example";

  /** Returns the settings of a mailbox that sends to a port of this machine. */
  static Object smtp(int port, int connections) {
    return Rest.object(
        "host",
        "127.0.0.1",
        "port",
        Integer.toString(port),
        "security",
        "none",
        "connections",
        Integer.toString(connections));
  }

  /** Sets a tenant up; returns once its contacts are imported. */
  static Sender create(Rest rest, Path contacts, Object settings, int gapMillis) throws Exception {
    String list = rest.post("lists", Rest.object("name", "all")).path("id").asText();
    String id =
        rest.postCsv("imports?file_name=all.csv&list_id=" + list, contacts).path("id").asText();
    await(rest, "imports/" + id, "succeeded", 100);
    return new Sender(rest, list, mailbox(rest, settings, gapMillis), template(rest));
  }

  private static String mailbox(Rest rest, Object settings, int gapMillis) throws Exception {
    return rest.post(
            "mailboxes",
            Rest.object(
                "address",
                "bench@" + DOMAIN,
                "display_name",
                "Bench",
                "backend",
                "smtp",
                "settings",
                settings,
                "daily_limit",
                1_000_000,
                "minimum_gap_millis",
                gapMillis))
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

  /** Makes a campaign to the whole list and returns its id. */
  String campaign(int round) throws Exception {
    return rest.post(
            "campaigns",
            Rest.object(
                "name",
                "bench " + round,
                "template_id",
                template,
                "list_ids",
                List.of(list),
                "mailbox_ids",
                List.of(mailbox),
                "category",
                "commercial",
                "track_opens",
                true,
                "track_clicks",
                true))
        .path("id")
        .asText();
  }

  void start(String campaign) throws Exception {
    rest.post("campaigns/" + campaign + "/start", null);
  }

  /** Returns when a campaign was done; asks seldom, as answering takes what sending could have. */
  Instant awaitCompletion(String campaign) throws Exception {
    JsonNode done = await(rest, "campaigns/" + campaign, "completed", 1000);
    return Instant.parse(done.path("finished_at").asText());
  }

  private static JsonNode await(Rest rest, String path, String state, int millis) throws Exception {
    while (true) {
      JsonNode now = rest.get(path);
      String is = now.path("state").asText();
      if (is.equals(state)) {
        return now;
      }
      if (is.equals("failed") || is.equals("cancelled")) {
        throw new IOException(path + " came to " + now);
      }
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }
}
