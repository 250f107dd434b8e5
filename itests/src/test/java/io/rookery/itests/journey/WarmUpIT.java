// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.Scratch;
import io.rookery.itests.running.TenantKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Test;

/** A mailbox whose limit rises, and one that is paused because its mails bounce. */
public class WarmUpIT {

  private RunningRookery rookery;
  private TenantKey tenant;
  private Rest rest;

  @Before
  public void start() throws Exception {
    rookery = Platform.running();
    tenant = Platform.tenant();
    rest = Platform.rest(tenant);
  }

  @Test
  public void aRampShouldBoundWhatAMailboxMaySendAndBeShown() throws Exception {
    String mailbox = mailbox("ann@warm.example", Rest.object("plan", "slow"));

    JsonNode shown = rest.get("mailboxes/" + mailbox);
    assertEquals("slow", shown.at("/ramp/plan").asText());
    assertEquals(5, shown.at("/sending/limit").asInt());
    assertEquals(1, shown.at("/sending/ramp_day").asInt());
    assertEquals(1, shown.at("/sending/health").asInt());
    JsonNode sent = campaign(mailbox, "email\n" + addresses("dest.example", 9));
    Waiting.until(rest, "mailboxes/" + mailbox, m -> m.at("/sending/sent").asInt() == 5);
    assertEquals(0, rest.get("mailboxes/" + mailbox).at("/sending/room").asInt());
    assertEquals(
        4, rest.get("campaigns/" + sent.path("id").asText() + "/progress").path("waiting").asInt());

    String told =
        rookery.shell(
            "rookery:mailbox-ramp %s %s 7-40/10%nrookery:mailbox-show --json %s %s"
                .formatted(tenant.slug(), mailbox, tenant.slug(), mailbox));
    assertTrue(told, told.contains("\"limit_now\":7"));
    Waiting.until(rest, "mailboxes/" + mailbox, m -> m.at("/sending/sent").asInt() == 7);
  }

  @Test
  public void mailsThatBounceShouldPauseAllThatTheyAreCountedFor() throws Exception {
    String mailbox = mailbox("bob@bouncing.example", null);
    campaign(mailbox, "email\n" + addresses("dest.example", 218) + addresses("bounce.example", 12));

    JsonNode paused =
        Waiting.until(
            rest, "mailboxes/" + mailbox, m -> m.path("paused_by").asText().equals("bounces"));
    assertTrue(paused.path("paused_reason").asText(), paused.toString().contains("mails bounced"));
    assertTrue(paused.toString(), !paused.path("paused_until").isNull());
    assertTrue(paused.toString(), paused.at("/sending/health").asDouble() <= 0.2);
    JsonNode pauses =
        Waiting.until(rest, "sending-pauses", found -> found.path("data").size() == 2);
    assertEquals("tenant", pauses.at("/data/0/scope").asText());
    assertEquals("bouncing.example", pauses.at("/data/1/domain").asText());
    assertEquals("bounces", pauses.at("/data/1/cause").asText());
    assertEquals(1, rest.get("events?type=mailbox.paused").path("data").size());

    String told =
        rookery.shell(
            """
            rookery:mailbox-resume %1$s %2$s
            rookery:sending-pauses %1$s
            rookery:sending-resume --domain bouncing.example %1$s
            rookery:sending-resume %1$s
            """
                .formatted(tenant.slug(), mailbox));
    assertTrue(told, told.contains("bouncing.example"));
    assertTrue(rest.get("sending-pauses").path("data").isEmpty());
    JsonNode back = rest.get("mailboxes/" + mailbox);
    assertTrue(back.toString(), back.at("/sending/held_by").isNull());
    // What is left of the campaign may hold two more that bounce; all else is forgotten.
    assertTrue(back.toString(), back.at("/sending/health").asDouble() > 0.75);
  }

  private String mailbox(String address, Object ramp) throws Exception {
    Object data =
        Rest.object("address", address, "backend", "sandbox", "daily_limit", 1000, "ramp", ramp);
    return rest.post("mailboxes", data).path("id").asText();
  }

  private static String addresses(String domain, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("reader").append(i).append('@').append(domain).append('\n');
    }
    return lines.toString();
  }

  private JsonNode campaign(String mailbox, String csv) throws Exception {
    String list = rest.post("lists", Rest.object("name", "Readers")).path("id").asText();
    Path file = Scratch.file(".csv", csv);
    String imported = rest.postCsv("imports?list_id=" + list, file).path("id").asText();
    Waiting.state(rest, "imports/" + imported, "succeeded");
    Object template =
        Rest.object("name", "Story", "subject", "Story", "html", "<p>{{ contact.email }}</p>");
    String templateId = rest.post("templates", template).path("id").asText();
    Object data =
        Rest.object(
            "name",
            "Story",
            "template_id",
            templateId,
            "list_ids",
            List.of(list),
            "mailbox_ids",
            List.of(mailbox));
    JsonNode made = rest.post("campaigns", data);
    rest.post("campaigns/" + made.path("id").asText() + "/start", null);
    return made;
  }
}
