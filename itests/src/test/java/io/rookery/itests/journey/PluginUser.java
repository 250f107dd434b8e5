// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.Scratch;
import io.rookery.itests.running.TenantKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A tenant with one campaign from one mailbox of a mail backend; what is in doubt is held. */
final class PluginUser {

  static final int CONTACTS = 20;

  private final Rest rest;
  private final String campaign;

  private PluginUser(Rest rest, String campaign) {
    this.rest = rest;
    this.campaign = campaign;
  }

  /** Makes a tenant and starts its campaign; a backend that wants a server gets the port. */
  static PluginUser start(String backend, int port) throws Exception {
    TenantKey tenant = Platform.tenant();
    Platform.running().shell("rookery:domain-trust " + tenant.slug() + " plugins.example");
    Rest rest = Platform.rest(tenant);
    String list = rest.post("lists", Rest.object("name", "all")).path("id").asText();
    String imported = rest.postCsv("imports?list_id=" + list, contacts()).path("id").asText();
    Waiting.state(rest, "imports/" + imported, "succeeded");
    Object template = Rest.object("name", "t", "subject", "s", "html", "<p>x</p>");
    Object campaign =
        Rest.object(
            "name",
            "Campaign by " + backend,
            "template_id",
            rest.post("templates", template).path("id").asText(),
            "list_ids",
            List.of(list),
            "mailbox_ids",
            List.of(mailbox(rest, backend, port)));
    String id = rest.post("campaigns", campaign).path("id").asText();
    rest.post("campaigns/" + id + "/start", null);
    return new PluginUser(rest, id);
  }

  private static Path contacts() throws Exception {
    StringBuilder csv = new StringBuilder("email\n");
    for (int i = 0; i < CONTACTS; i++) {
      csv.append("reader").append(i).append("@dest.example\n");
    }
    return Scratch.file(".csv", csv);
  }

  private static String mailbox(Rest rest, String backend, int port) throws Exception {
    Map<String, Object> mailbox =
        Rest.object("address", "news@plugins.example", "backend", backend, "when_in_doubt", "hold");
    if (port != 0) {
      // Slow enough for something to happen in between.
      mailbox.put("minimum_gap_millis", 200);
      mailbox.put(
          "settings",
          Rest.object(
              "host",
              "127.0.0.1",
              "port",
              Integer.toString(port),
              "security",
              "none",
              "connections",
              "1"));
    }
    return rest.post("mailboxes", mailbox).path("id").asText();
  }

  /** Waits for a state of the campaign's progress and returns it. */
  JsonNode awaitProgress(Predicate<JsonNode> done) {
    return Waiting.until(rest, "campaigns/" + campaign + "/progress", done);
  }

  /** Has every message that is in doubt sent again, as people decide when they have looked. */
  void requeueDoubtful() throws Exception {
    List<String> ids = new ArrayList<>();
    rest.get("messages?state=in_doubt&campaign_id=" + campaign)
        .path("data")
        .forEach(message -> ids.add(message.path("id").asText()));
    if (!ids.isEmpty()) {
      rest.post("messages/requeue", Rest.object("message_ids", ids));
    }
  }

  /** Waits until the tenant is told that its mail waits for a backend. */
  void awaitHeldBack(String backend) {
    Waiting.until(rest, "lanes", lanes -> lanes.toString().contains("No mail backend " + backend));
  }
}
