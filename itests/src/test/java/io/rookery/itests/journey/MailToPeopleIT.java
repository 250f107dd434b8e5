// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.journey.CaughtMails.Caught;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import org.junit.Before;
import org.junit.Test;

/**
 * What people do by mailed links, with the mails read from the sandbox of the operator's tenant.
 */
public class MailToPeopleIT {

  private static final String PASSWORD = "grey otter, 9 stones";
  private static final String JSON = "application/json";

  private final HttpClient browser = HttpClient.newHttpClient();
  private final String email = "ada" + UUID.randomUUID() + "@people.example";
  private TenantKey tenant;
  private Rest operator;
  private Rest nobody;
  private CaughtMails mails;

  @Before
  public void start() throws Exception {
    tenant = Platform.tenant();
    operator =
        new Rest(Platform.running().root(), TenantKey.of(Platform.running(), "operator").key());
    nobody = new Rest(Platform.running().root(), "none");
    mails = new CaughtMails(operator);
    operator.post("users", person(email, "owner"));
  }

  @Test
  public void whoIsLockedOutShouldBeToldOnceAndUnlockByThePageOfTheLink() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertEquals(401, signIn(email, "wrong password " + i).statusCode());
    }
    assertEquals(429, signIn(email, PASSWORD).statusCode());

    Caught mail = mails.newest(email, 1);

    assertTrue(mail.text(), mail.text().contains("Hello Ada Lovelace"));
    assertTrue(mail.html(), mail.html().contains("/account/unlock/rky_unlock_"));
    assertEquals(200, open(mail.link()).statusCode());
    assertEquals(429, signIn(email, PASSWORD).statusCode());
    HttpResponse<String> lifted = press(mail.link(), "confirm=yes");
    assertEquals(lifted.body(), 200, lifted.statusCode());
    assertEquals(404, press(mail.link(), "confirm=yes").statusCode());
    assertEquals(201, signIn(email, PASSWORD).statusCode());
    assertEquals(1, mails.to(email).size());
    assertFalse(
        "a token in a log",
        new Rest(Platform.running().root(), tenant.key())
            .get("events")
            .toString()
            .contains(mail.token()));
  }

  private Map<String, Object> person(String address, String role) {
    return Rest.object(
        "tenant", tenant.slug(),
        "email", address,
        "name", "Ada Lovelace",
        "password", PASSWORD,
        "role", role);
  }

  private HttpResponse<String> signIn(String address, String password) throws Exception {
    return send(nobody, "sessions", Rest.object("email", address, "password", password));
  }

  private static HttpResponse<String> send(Rest as, String path, Object body) throws Exception {
    String json = new ObjectMapper().writeValueAsString(body);
    return as.send("POST", path, BodyPublishers.ofString(json), JSON);
  }

  private HttpResponse<String> open(URI link) throws Exception {
    return browser.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> press(URI link, String form) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(link)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode body(HttpResponse<String> answer, int status) throws Exception {
    assertEquals(answer.body(), status, answer.statusCode());
    return answer.body().isEmpty()
        ? new ObjectMapper().createObjectNode()
        : new ObjectMapper().readTree(answer.body());
  }
}
