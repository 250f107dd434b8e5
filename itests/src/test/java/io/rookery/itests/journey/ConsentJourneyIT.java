// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.Scratch;
import io.rookery.itests.running.TenantKey;
import io.rookery.testkit.mail.ReceivedMessage;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import io.rookery.testkit.mail.TestCertificate;
import io.rookery.testkit.oauth.TokenServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * A campaign from a mailbox that its owner consented for, at a provider of ours: tokens expire in
 * its course, the consent is withdrawn and given again, and each mail arrives once.
 */
public class ConsentJourneyIT {

  private static final String ADDRESS = "news@heronry.example";
  private static final Pattern TOKEN = Pattern.compile("(access|refresh|code)-[0-9a-f]{8}-");
  private static final int CONTACTS = 150;

  private final TestCertificate certificate = TestCertificate.forHost("localhost");
  private final ProviderClock clock = new ProviderClock();
  private final TokenServer provider = new TokenServer("rookery", "s3cret", certificate, clock);
  private final ScriptedSmtpServer server =
      new ScriptedSmtpServer().startTls(certificate).accessTokens(provider::userOf, "XOAUTH2");
  private final HttpClient browser = HttpClient.newHttpClient();
  private RunningRookery rookery;
  private Rest rest;
  private String mailbox;

  @Before
  public void start() throws Exception {
    Path folder = Files.createTempDirectory("rookery-consent-");
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    Path trusted = folder.resolve("trusted.p12");
    certificate.writeTrustStore(trusted);
    rookery =
        RunningRookery.unpack(
            Path.of(System.getProperty("rookery.distribution")), folder.resolve("home"));
    rookery
        .withJvm(System.getProperty("rookery.agent") + ",append=true")
        .withJvm("-Djavax.net.ssl.trustStore=" + trusted)
        .withJvm("-Djavax.net.ssl.trustStorePassword=changeit")
        .with(
            "io.rookery.mailboxes.oauth-acme.cfg",
            Map.of(
                "name",
                "acme",
                "client_id",
                "rookery",
                "client_secret",
                "oauth/acme",
                "authorization_endpoint",
                provider.authorizationEndpoint(),
                "token_endpoint",
                provider.tokenEndpoint(),
                "redirect_uri",
                rookery.root() + "oauth/callback",
                "hosts",
                "localhost"))
        .start();
    TenantKey tenant = TenantKey.create(rookery, "heronry");
    rookery.shell("rookery:domain-trust heronry heronry.example");
    Path secret = Scratch.file(".secret", "s3cret\n");
    assertTrue(rookery.shell("rookery:oauth-secret --file " + secret + " acme").contains("kept"));
    rest = new Rest(rookery.root(), tenant.key());
  }

  @After
  public void stop() throws Exception {
    if (rookery != null) {
      rookery.close();
    }
    server.close();
    provider.close();
  }

  @Test
  public void aCampaignShouldOutliveItsTokensAndWaitForAConsentThatIsGone() throws Exception {
    mailbox = mailbox();
    connect();
    rest.post("mailboxes/" + mailbox + "/check", null);
    String campaign = campaign();
    awaitReceived(10);

    whileIdle(campaign, () -> clock.move(Duration.ofHours(2)));
    awaitReceived(40);
    assertTrue(provider.requests() >= 2);

    whileIdle(campaign, () -> provider.revoke(ADDRESS));
    JsonNode paused =
        Waiting.until(
            rest, "mailboxes/" + mailbox, now -> !now.path("paused_reason").asText("").isEmpty());
    assertTrue(paused.toString(), paused.path("paused_reason").asText().contains("consent"));
    JsonNode lost = rest.get("events?type=mailbox.authorization_lost").path("data");
    assertEquals(1, lost.size());
    assertEquals(mailbox, lost.get(0).path("subject_id").asText());
    assertTrue(server.received().size() < CONTACTS);

    connect();
    Waiting.state(rest, "campaigns/" + campaign, "completed");
    Set<String> recipients =
        server.received().stream()
            .map(ReceivedMessage::recipients)
            .flatMap(List::stream)
            .collect(Collectors.toSet());
    assertEquals(CONTACTS, recipients.size());
    assertEquals(CONTACTS, server.received().size());
    String console = Files.readString(rookery.home().resolve("console.log"));
    assertFalse(TOKEN.matcher(console).find());
  }

  private void connect() throws Exception {
    JsonNode started =
        rest.post("mailboxes/" + mailbox + "/oauth/start", Rest.object("provider", "acme"));
    URI page = URI.create(started.path("authorization_url").asText());
    URI back = provider.consent(page, ADDRESS);
    HttpResponse<String> connected = visit(back);
    assertEquals(connected.body(), 200, connected.statusCode());
    assertTrue(connected.body(), connected.body().contains("The mailbox is connected"));
    assertEquals(400, visit(back).statusCode());
    assertTrue(rest.get("mailboxes/" + mailbox + "/oauth").path("connected").asBoolean());
  }

  private HttpResponse<String> visit(URI page) throws Exception {
    return browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
  }

  /** Something that happens at the provider. */
  private interface Turn {
    void run();
  }

  /** Cuts the connections while nothing is on its way, so that all sign in anew afterwards. */
  private void whileIdle(String campaign, Turn turn) throws Exception {
    rest.post("mailboxes/" + mailbox + "/pause", Rest.object("reason", "Testing"));
    Waiting.until(
        rest,
        "campaigns/" + campaign + "/progress",
        now -> now.path("sent").asInt() == server.received().size());
    turn.run();
    server.cutAll();
    rest.post("mailboxes/" + mailbox + "/resume", null);
  }

  private void awaitReceived(int more) {
    int before = server.received().size();
    await().atMost(Duration.ofMinutes(2)).until(() -> server.received().size() >= before + more);
  }

  private String mailbox() throws Exception {
    Object settings =
        Rest.object(
            "host", "localhost",
            "port", Integer.toString(server.port()),
            "security", "starttls",
            "connections", "1");
    Object data =
        Rest.object(
            "address",
            ADDRESS,
            "backend",
            "smtp",
            "settings",
            settings,
            "minimum_gap_millis",
            50,
            "daily_limit",
            10_000);
    return rest.post("mailboxes", data).path("id").asText();
  }

  private String campaign() throws Exception {
    String list = rest.post("lists", Rest.object("name", "Readers")).path("id").asText();
    StringBuilder csv = new StringBuilder("email,country\n");
    for (int i = 0; i < CONTACTS; i++) {
      csv.append("reader").append(i).append("@dest.example,US\n");
    }
    Path file = Scratch.file(".csv", csv);
    String imported = rest.postCsv("imports?list_id=" + list, file).path("id").asText();
    Waiting.state(rest, "imports/" + imported, "succeeded");
    Object template =
        Rest.object("name", "Story", "subject", "Story", "html", "<p>{{ contact.email }}</p>");
    String content = rest.post("templates", template).path("id").asText();
    Object data =
        Rest.object(
            "name",
            "Story",
            "template_id",
            content,
            "list_ids",
            List.of(list),
            "mailbox_ids",
            List.of(mailbox));
    String made = rest.post("campaigns", data).path("id").asText();
    rest.post("campaigns/" + made + "/start", null);
    return made;
  }

  /** The time as the provider has it. */
  private static final class ProviderClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void move(Duration by) {
      ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
