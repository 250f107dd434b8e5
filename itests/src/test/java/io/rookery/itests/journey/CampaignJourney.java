// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.Scratch;
import io.rookery.itests.running.TenantKey;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** From a tenant to received mails, by REST alone; the mail server knows nothing of us. */
public abstract class CampaignJourney {

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(http[^\"]+)\"");
  private static final int CONTACTS = 150;

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private Inbox inbox;
  private Rest rest;

  /** Starts the mail server that receives. */
  abstract Inbox open() throws Exception;

  @Before
  public void start() throws Exception {
    inbox = open();
    TenantKey tenant = Platform.tenant();
    Platform.running().shell("rookery:domain-trust " + tenant.slug() + " heronry.example");
    rest = Platform.rest(tenant);
  }

  @After
  public void stop() throws Exception {
    if (inbox != null) {
      inbox.close();
    }
  }

  @Test
  public void everyContactShouldReceiveTheCampaignOnceAndItsLinksShouldWork() throws Exception {
    String list = rest.post("lists", Rest.object("name", "Readers")).path("id").asText();
    Path csv = contacts();
    String imported =
        rest.postCsv("imports?file_name=contacts.csv&list_id=" + list, csv).path("id").asText();
    JsonNode end = Waiting.state(rest, "imports/" + imported, "succeeded");
    assertEquals(CONTACTS, end.path("counts").path("created").asInt());
    assertEquals(1, end.path("counts").path("duplicates").asInt());
    assertEquals(1, end.path("counts").path("rejected").asInt());

    String campaign = campaign(list, mailbox());
    Waiting.state(rest, "campaigns/" + campaign, "completed");
    JsonNode progress = rest.get("campaigns/" + campaign + "/progress");
    assertEquals(progress.toString(), CONTACTS, progress.path("sent").asInt());
    List<MimeMessage> received = new ArrayList<>(inbox.messages());
    eachOnce(received);
    Collections.shuffle(received, new Random(7));
    for (MimeMessage message : received.subList(0, 100)) {
      headers(message);
      links(message);
    }
    events(campaign);
    unsubscribed(received.get(0), list);
  }

  private void eachOnce(List<MimeMessage> received) throws Exception {
    Map<String, Integer> counts = new HashMap<>();
    Set<String> ids = new TreeSet<>();
    for (MimeMessage message : received) {
      counts.merge(message.getAllRecipients()[0].toString(), 1, Integer::sum);
      ids.add(message.getMessageID());
    }
    assertEquals(CONTACTS, counts.size());
    assertEquals(1, (int) Collections.max(counts.values()));
    assertEquals(CONTACTS, ids.size());
  }

  private void headers(MimeMessage message) throws Exception {
    InternetAddress from = (InternetAddress) message.getFrom()[0];
    assertEquals("Reiher-Bücher", from.getPersonal());
    assertEquals("news@heronry.example", from.getAddress());
    assertTrue(message.getMessageID().endsWith("@heronry.example>"));
    assertTrue(message.getSubject(), message.getSubject().startsWith("Grüße, "));
    assertNotNull(message.getSentDate());
    assertEquals("List-Unsubscribe=One-Click", message.getHeader("List-Unsubscribe-Post", null));
    Multipart parts = (Multipart) message.getContent();
    for (int i = 0; i < 2; i++) {
      assertTrue(
          parts.getBodyPart(i).getContentType().toLowerCase(Locale.ROOT).contains("charset=utf-8"));
      assertTrue(parts.getBodyPart(i).getContent().toString().contains("Köln"));
    }
  }

  private void links(MimeMessage message) throws Exception {
    String html = ((Multipart) message.getContent()).getBodyPart(1).getContent().toString();
    Matcher links = LINK.matcher(html);
    int clicks = 0;
    while (links.find()) {
      HttpResponse<String> answer = get(links.group(1).replace("&amp;", "&"));
      if (links.group(1).contains("/t/c/")) {
        assertEquals(302, answer.statusCode());
        String target = answer.headers().firstValue("Location").orElse("");
        assertTrue(target, target.startsWith("https://example.org/story?id="));
        clicks++;
      } else {
        assertEquals(links.group(1), 200, answer.statusCode());
      }
    }
    assertEquals(2, clicks);
  }

  private void events(String campaign) throws Exception {
    for (String type : List.of("message.accepted", "message.clicked", "message.opened")) {
      JsonNode events = rest.get("events?type=" + type + "&limit=500").path("data");
      assertTrue(type, events.size() >= 100);
      assertEquals(campaign, events.get(0).path("data").path("campaign_id").asText());
    }
    assertEquals(0, rest.get("events?type=message.unsubscribed").path("data").size());
  }

  private void unsubscribed(MimeMessage message, String list) throws Exception {
    String header = message.getHeader("List-Unsubscribe", null);
    String link = header.substring(1, header.length() - 1);
    assertEquals(200, get(link).statusCode());
    assertEquals(0, rest.get("suppressions").path("data").size());
    assertEquals(200, oneClick(link));
    assertEquals(200, oneClick(link));
    assertEquals(1, rest.get("suppressions").path("data").size());
    assertEquals(1, rest.get("events?type=message.unsubscribed").path("data").size());

    inbox.clear();
    String next = campaign(list, null);
    Waiting.state(rest, "campaigns/" + next, "completed");
    String address = message.getAllRecipients()[0].toString();
    for (MimeMessage other : inbox.messages()) {
      assertFalse(other.getAllRecipients()[0].toString().equals(address));
    }
    JsonNode progress = rest.get("campaigns/" + next + "/progress");
    assertEquals(CONTACTS - 1, progress.path("sent").asInt());
    assertEquals(1, progress.path("suppressed").asInt());
  }

  private int oneClick(String link) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(link))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
            .build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  private HttpResponse<String> get(String link) throws Exception {
    try {
      return client.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new AssertionError("This link leads nowhere: " + link, e);
    }
  }

  private String mailbox() throws Exception {
    Object settings =
        Rest.object(
            "host", "127.0.0.1",
            "port", Integer.toString(inbox.port()),
            "security", "none");
    Object mailbox =
        Rest.object(
            "address", "news@heronry.example",
            "display_name", "Reiher-Bücher",
            "backend", "smtp",
            "settings", settings,
            "daily_limit", 10_000);
    String id = rest.post("mailboxes", mailbox).path("id").asText();
    rest.post("mailboxes/" + id + "/check", null);
    return id;
  }

  private String campaign(String list, String mailbox) throws Exception {
    String from =
        mailbox == null ? rest.get("mailboxes").path("data").get(0).path("id").asText() : mailbox;
    Object template =
        Rest.object(
            "name",
            "Story",
            "subject",
            "Grüße, {{ contact.first_name | default: 'you' }}",
            "html",
            "<html><body><p>Hello {{ contact.first_name }} in {{ contact.city }},</p>"
                + "<a href=\"https://example.org/story?id=1&amp;x=y\">One</a>"
                + "<a href=\"https://example.org/story?id=2\">Two</a>"
                + "<p>{{ tenant.postal_address }}</p>"
                + "<a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></body></html>");
    String id = rest.post("templates", template).path("id").asText();
    Object campaign =
        Rest.object(
            "name",
            "Story",
            "template_id",
            id,
            "list_ids",
            List.of(list),
            "mailbox_ids",
            List.of(from),
            "category",
            "commercial",
            "track_opens",
            true,
            "track_clicks",
            true);
    String made = rest.post("campaigns", campaign).path("id").asText();
    rest.post("campaigns/" + made + "/start", null);
    return made;
  }

  private static Path contacts() throws Exception {
    StringBuilder csv = new StringBuilder("\uFEFFEmail,First name,City,Country\r\n");
    for (int i = 0; i < CONTACTS; i++) {
      csv.append("reader").append(i).append("@dest.example,\"Zoë, ").append(i);
      csv.append("\",Köln,US\r\n");
    }
    csv.append("READER3@dest.example,Twice,Köln,US\r\nno address,Nobody,Köln,US\r\n");
    return Scratch.file(".csv", csv);
  }
}
