// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Messages of no campaign by REST alone; the mail server knows nothing of us. */
public class MessagesIT {

  private static final String JSON = "application/json";

  private final HttpClient client = HttpClient.newHttpClient();
  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private TenantKey tenant;
  private Rest rest;

  @Before
  public void start() throws Exception {
    server.start();
    tenant = Platform.tenant();
    Platform.running().shell("rookery:domain-trust " + tenant.slug() + " heronry.example");
    rest = Platform.rest(tenant);
    Object settings =
        Rest.object(
            "host", "127.0.0.1",
            "port", Integer.toString(server.getSmtp().getPort()),
            "security", "none");
    Object mailbox =
        Rest.object(
            "address", "orders@heronry.example",
            "display_name", "Orders",
            "backend", "smtp",
            "settings", settings,
            "daily_limit", 10_000);
    rest.post("mailboxes", mailbox);
  }

  @After
  public void stop() {
    server.stop();
  }

  @Test
  public void aMessageShouldArriveOnceHoweverOftenItIsAskedFor() throws Exception {
    Map<String, Object> message = message("ann@dest.example");
    JsonNode first = keyed("messages", "order-1", message, 202);
    JsonNode repeat = keyed("messages", "order-1", message, 202);
    assertEquals(first, repeat);
    keyed("messages", "order-1", message("eve@dest.example"), 422);

    MimeMessage mail = received(1).get(0);
    assertEquals("ann@dest.example", mail.getAllRecipients()[0].toString());
    assertEquals("Your order", mail.getSubject());
    assertEquals(first.path("message_id_header").asText(), mail.getMessageID());
    JsonNode sent = Waiting.state(rest, "messages/" + first.path("id").asText(), "accepted");
    assertEquals("commercial", sent.path("category").asText());
    assertEquals("live", sent.path("mode").asText());
    assertTrue(sent.path("campaign_id").isNull());
    Set<String> types = new TreeSet<>();
    rest.get("events?subject_id=" + first.path("id").asText())
        .path("data")
        .forEach(event -> types.add(event.path("type").asText()));
    assertEquals(Set.of("message.queued", "message.accepted"), types);
    assertEquals(1, server.getReceivedMessages().length);
  }

  @Test
  public void aBatchWithFilesAndATemplateShouldArriveAsItWasSent() throws Exception {
    byte[] picture = octets(70_000, 1);
    byte[] document = octets(1_500_000, 2);
    String template =
        rest.post(
                "templates",
                Rest.object(
                    "name", "Order",
                    "subject", "Order {{ order.number }}",
                    "html", "<p>{{ order.note }}</p>"))
            .path("id")
            .asText();
    Map<String, Object> files = message("files@dest.example");
    files.put("html", "<p><img src=\"cid:logo\" alt=\"\"></p>");
    files.put(
        "attachments",
        List.of(
            file("content_id", "logo", "content_type", "image/png", "content", base64(picture)),
            file("file_name", "Rechnung März.pdf", "content", base64(document))));
    Map<String, Object> rendered = message("template@dest.example");
    rendered.keySet().removeAll(List.of("subject", "html"));
    rendered.put("template_id", template);
    Map<String, Object> order = Rest.object("number", 7, "note", "{{ tenant.name }} <b>");
    rendered.put("variables", Map.of("order", order));
    Object batch = Rest.object("messages", List.of(files, rendered, message("plain@dest.example")));

    JsonNode answer = keyed("messages/batch", "batch-1", batch, 202);

    assertEquals(3, answer.path("messages").size());
    Map<String, MimeMessage> mails = byRecipient(received(3));
    Multipart mixed = (Multipart) mails.get("files@dest.example").getContent();
    assertEquals("Rechnung März.pdf", mixed.getBodyPart(1).getFileName());
    assertArrayEquals(document, mixed.getBodyPart(1).getInputStream().readAllBytes());
    Multipart related =
        (Multipart) ((Multipart) mixed.getBodyPart(0).getContent()).getBodyPart(1).getContent();
    assertArrayEquals(picture, related.getBodyPart(1).getInputStream().readAllBytes());
    MimeMessage order7 = mails.get("template@dest.example");
    assertEquals("Order 7", order7.getSubject());
    String html = ((Multipart) order7.getContent()).getBodyPart(1).getContent().toString();
    assertTrue(html, html.contains("{{ tenant.name }} &lt;b&gt;"));
    assertTrue(html, html.contains("1 Test Lane"));
  }

  @Test
  public void oneWrongMessageShouldKeepABatchOut() throws Exception {
    List<Object> messages = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      messages.add(message(i == 3 ? "nowhere" : "r" + i + "@dest.example"));
    }
    JsonNode problem = post("messages/batch", Rest.object("messages", messages), 422);
    assertEquals("/messages/3/to", problem.at("/errors/0/pointer").asText());
    assertEquals(0, rest.get("messages").path("data").size());

    messages.remove(3);
    rest.post("suppressions", Rest.object("address", "r1@dest.example"));
    JsonNode answer = post("messages/batch", Rest.object("messages", messages), 202);
    List<String> states = new ArrayList<>();
    answer.path("messages").forEach(message -> states.add(message.path("state").asText()));
    assertEquals(List.of("due", "suppressed", "due", "due"), states);
    assertEquals(
        Set.of("r0@dest.example", "r2@dest.example", "r4@dest.example"),
        byRecipient(received(3)).keySet());
    assertEquals(1, rest.get("messages?state=suppressed").path("data").size());
  }

  @Test
  public void unsubscribingFromAMessageShouldHoldBackCommercialMailAlone() throws Exception {
    post("messages", message("ann@dest.example"), 202);
    MimeMessage mail = received(1).get(0);
    assertNotNull(mail.getHeader("List-Unsubscribe-Post", null));
    String header = mail.getHeader("List-Unsubscribe", null);
    HttpRequest oneClick =
        HttpRequest.newBuilder(URI.create(header.substring(1, header.length() - 1)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
            .build();
    assertEquals(200, client.send(oneClick, BodyHandlers.ofString()).statusCode());
    assertEquals(1, rest.get("events?type=message.unsubscribed").path("data").size());
    assertEquals(
        "suppressed", post("messages", message("ann@dest.example"), 202).path("state").asText());

    Map<String, Object> receipt = message("ann@dest.example");
    receipt.put("category", "transactional");
    assertEquals("/category", post("messages", receipt, 422).at("/errors/0/pointer").asText());
    Platform.running().shell("rookery:permission-grant " + tenant.slug() + " transactional_mail");
    assertEquals("due", post("messages", receipt, 202).path("state").asText());
    assertNull(received(2).get(1).getHeader("List-Unsubscribe"));
    Platform.running().shell("rookery:permission-revoke " + tenant.slug() + " transactional_mail");
    post("messages", receipt, 422);
  }

  @Test
  public void aMessageShouldLeaveAtItsTimeOrNotAtAll() throws Exception {
    Map<String, Object> cancelled = message("never@dest.example");
    cancelled.put("send_at", Instant.now().plusSeconds(3600).toString());
    String id = post("messages", cancelled, 202).path("id").asText();
    assertEquals("cancelled", post("messages/" + id + "/cancel", null, 200).path("state").asText());
    assertEquals("cancelled", post("messages/" + id + "/cancel", null, 200).path("state").asText());

    Instant due = Instant.now().plusSeconds(3);
    Map<String, Object> later = message("later@dest.example");
    later.put("send_at", due.toString());
    String timed = post("messages", later, 202).path("id").asText();
    JsonNode sent = Waiting.state(rest, "messages/" + timed, "accepted");
    assertTrue(!Instant.parse(sent.path("finished_at").asText()).isBefore(due));
    assertEquals(Set.of("later@dest.example"), byRecipient(received(1)).keySet());
    assertEquals(409, status("messages/" + timed + "/cancel", ""));
  }

  @Test
  public void aTestKeyShouldSendFromTheSandboxAlone() throws Exception {
    Object wanted = Rest.object("name", "t", "scopes", List.of("mail:send"), "mode", "test");
    String key = rest.post("api-keys", wanted).path("secret").asText();
    Rest test = new Rest(Platform.running().root(), key);
    HttpResponse<String> refused =
        test.send("POST", "messages", body(message("ann@dest.example")), JSON);
    assertEquals(refused.body(), 422, refused.statusCode());
    rest.post("mailboxes", Rest.object("address", "t@heronry.example", "backend", "sandbox"));
    Map<String, Object> message = message("ann@dest.example");
    message.put("from", "t@heronry.example");

    String id = test.post("messages", message).path("id").asText();

    assertEquals("test", Waiting.state(test, "messages/" + id, "accepted").path("mode").asText());
    post("messages", message("live@dest.example"), 202);
    assertEquals(1, test.get("messages").path("data").size());
    assertEquals(2, rest.get("messages").path("data").size());
    assertEquals(Set.of("live@dest.example"), byRecipient(received(1)).keySet());
  }

  @Test
  public void wrongInputShouldBeNamedAndNothingQueued() throws Exception {
    Map<String, Object> message = message("ann@dest.example");
    wrong("/subject", message, "subject", "Hi\r\nBcc: eve@dest.example");
    wrong("/headers", message, "headers", Map.of("Bcc", "eve@dest.example"));
    wrong("/to", message, "to", "ann@dest.example, eve@dest.example");
    wrong("/from", message, "from", "other@heronry.example");
    wrong("/send_at", message, "send_at", Instant.now().minusSeconds(60).toString());
    wrong("/send_at", message, "send_at", Instant.now().plus(Duration.ofDays(31)).toString());
    wrong("/html", message, "html", "<p class=\"torn");
    wrong("/attachments/0/content", message, "attachments", List.of(file("content", "no base64")));
    wrong(
        "/attachments",
        message,
        "attachments",
        List.of(file("file_name", "a", "content", base64(new byte[(10 << 20) + 1]))));
    wrong("/colour", message, "colour", "red");
    wrong("/category", message, "category", "important");
    assertEquals(413, status("messages", "{\"subject\":\"" + "x".repeat(16_000_000) + "\"}"));
    assertEquals(413, status("lists", "{\"name\":\"" + "x".repeat(1_100_000) + "\"}"));
    assertEquals(422, status("messages/batch", "{\"messages\":[]}"));
    assertEquals(422, status("messages/batch", "{\"messages\":[null]}"));
    assertEquals(0, rest.get("messages").path("data").size());
    assertEquals(0, rest.get("lists").path("data").size());
  }

  private void wrong(String pointer, Map<String, Object> right, String field, Object value)
      throws Exception {
    Map<String, Object> message = Rest.object();
    message.putAll(right);
    message.put(field, value);
    JsonNode problem = post("messages", message, 422);
    assertEquals(problem.toString(), pointer, problem.at("/errors/0/pointer").asText());
  }

  private List<MimeMessage> received(int count) throws Exception {
    assertTrue(
        "Not " + count + " mails but " + server.getReceivedMessages().length,
        server.waitForIncomingEmail(60_000, count));
    return List.of(server.getReceivedMessages());
  }

  private static Map<String, MimeMessage> byRecipient(List<MimeMessage> mails) {
    return mails.stream().collect(Collectors.toMap(MessagesIT::recipient, mail -> mail));
  }

  private static String recipient(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0].toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> message(String to) {
    return Rest.object(
        "from",
        "orders@heronry.example",
        "to",
        to,
        "subject",
        "Your order",
        "html",
        "<p>Thank you</p>");
  }

  private static Map<String, Object> file(Object... fields) {
    return Rest.object(fields);
  }

  private static byte[] octets(int count, long seed) {
    byte[] octets = new byte[count];
    new Random(seed).nextBytes(octets);
    return octets;
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  private JsonNode post(String path, Object body, int status) throws Exception {
    return answer(rest.send("POST", path, body(body), JSON), status);
  }

  private JsonNode keyed(String path, String key, Object body, int status) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(Platform.running().root().resolve("api/v1/" + path))
            .header("Authorization", "Bearer " + tenant.key())
            .header("Content-Type", JSON)
            .header("Idempotency-Key", key)
            .POST(body(body))
            .build();
    return answer(client.send(request, BodyHandlers.ofString()), status);
  }

  private int status(String path, String body) throws Exception {
    return rest.send("POST", path, BodyPublishers.ofString(body), JSON).statusCode();
  }

  private static JsonNode answer(HttpResponse<String> answer, int status) throws Exception {
    assertEquals(answer.body(), status, answer.statusCode());
    return new ObjectMapper().readTree(answer.body());
  }

  private static BodyPublisher body(Object body) throws Exception {
    return body == null
        ? BodyPublishers.noBody()
        : BodyPublishers.ofByteArray(
            new ObjectMapper().writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
  }
}
