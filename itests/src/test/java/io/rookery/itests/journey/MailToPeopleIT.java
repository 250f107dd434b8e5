// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.isolation.Person;
import io.rookery.itests.journey.CaughtMails.Caught;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
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
    // What ran before may have chosen one whose mail nobody catches.
    String box = "post" + UUID.randomUUID() + "@people.example";
    JsonNode mailbox =
        operator.post("mailboxes", Rest.object("address", box, "backend", "sandbox"));
    operator.put("system-mailbox", Rest.object("mailbox_id", mailbox.path("id").asText()));
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

  @Test
  public void aForgottenPasswordShouldBeSetByTheMailedLink() throws Exception {
    JsonNode session = body(signIn(email, PASSWORD), 201).path("tokens");
    HttpResponse<String> known = send(nobody, "password-resets", Rest.object("email", email));
    HttpResponse<String> unknown =
        send(nobody, "password-resets", Rest.object("email", "x" + email));
    assertEquals(202, known.statusCode());
    assertEquals(202, unknown.statusCode());
    assertEquals(known.body(), unknown.body());

    Caught mail = mails.newest(email, 1);
    assertEquals(200, open(mail.link()).statusCode());
    assertEquals(422, press(mail.link(), "password=short").statusCode());
    HttpResponse<String> set = press(mail.link(), "password=blue+heron%2C+4+ponds");
    assertEquals(set.body(), 200, set.statusCode());

    assertEquals(401, signIn(email, PASSWORD).statusCode());
    assertEquals(201, signIn(email, "blue heron, 4 ponds").statusCode());
    String refresh = session.path("refresh_token").asText();
    assertEquals(
        401, send(nobody, "sessions/refresh", Rest.object("refresh_token", refresh)).statusCode());
    Object again = Rest.object("token", mail.token(), "password", "green teal, 5 reeds");
    assertEquals(401, send(nobody, "password-resets/redeem", again).statusCode());
    assertEquals("Your password was changed", mails.newest(email, 2).subject());
    assertEquals(0, mails.to("x" + email).size());
  }

  @Test
  public void whoIsInvitedShouldJoinWithANewAccountAndWithTheirOwn() throws Exception {
    Rest owner = new Rest(Platform.running().root(), accessToken(email, null));
    String eve = "eve" + UUID.randomUUID() + "@people.example";
    JsonNode made =
        body(send(owner, "invitations", Rest.object("email", eve, "role", "viewer")), 201);
    Caught mail = mails.newest(eve, 1);
    assertTrue(mail.subject(), mail.subject().contains(tenant.slug()));
    assertEquals(200, open(mail.link()).statusCode());

    Object accepting =
        Rest.object("token", mail.token(), "name", "Eve Moore", "password", PASSWORD);
    JsonNode member = body(send(nobody, "invitations/accept", accepting), 201);

    assertEquals("viewer", member.path("role").asText());
    assertEquals(401, send(nobody, "invitations/accept", accepting).statusCode());
    assertEquals(404, open(mail.link()).statusCode());
    assertEquals(0, owner.get("invitations").path("data").size());
    Rest asEve = new Rest(Platform.running().root(), accessToken(eve, null));
    assertEquals(tenant.slug(), asEve.get("me").path("tenant").path("slug").asText());
    assertEquals(
        404,
        owner.send("DELETE", "invitations/" + made.path("id").asText(), null, "").statusCode());

    TenantKey second = Platform.tenant();
    Rest other = Platform.rest(second);
    body(send(other, "invitations", Rest.object("email", eve, "role", "admin")), 201);
    Caught again = mails.newest(eve, 2);
    assertTrue(open(again.link()).body().contains("/#invitation=" + again.token()));
    assertEquals(422, press(again.link(), "confirm=yes").statusCode());
    Object token = Rest.object("token", again.token());
    assertEquals(409, send(nobody, "invitations/accept", token).statusCode());
    assertEquals(422, send(owner, "invitations/join", token).statusCode());
    body(send(asEve, "invitations/join", token), 201);
    assertEquals(422, send(asEve, "invitations/join", token).statusCode());
    assertTrue(asEve.get("me").at("/person/email_verified").asBoolean());
    Rest there = new Rest(Platform.running().root(), accessToken(eve, second.slug()));
    assertEquals(second.slug(), there.get("me").path("tenant").path("slug").asText());
  }

  @Test
  public void anAddressShouldBeVerifiedAndChangedByMailedLinks() throws Exception {
    Rest ada = new Rest(Platform.running().root(), accessToken(email, null));
    ada.post("email-address/verification", null);
    Caught verify = mails.newest(email, 1);
    assertEquals(200, open(verify.link()).statusCode());
    assertFalse(ada.get("me").at("/person/email_verified").asBoolean());
    assertEquals(200, press(verify.link(), "confirm=yes").statusCode());
    assertEquals(404, press(verify.link(), "confirm=yes").statusCode());
    assertTrue(ada.get("me").at("/person/email_verified").asBoolean());

    String taken = "taken" + email;
    String next = "new" + email;
    operator.post("users", person(taken, "member"));
    assertEquals(422, change(ada, next, "wrong, wrong, wrong").statusCode());
    JsonNode answer = body(change(ada, taken, PASSWORD), 202);
    assertEquals(answer, body(change(ada, next, PASSWORD), 202));
    Caught link = mails.newest(next, 1);
    Caught told = mails.newest(email, 3);
    assertEquals("Your account is to have another address", told.subject());
    assertTrue(told.text(), told.text().contains(next));
    assertEquals(0, mails.to(taken).size());
    assertEquals(201, signIn(email, PASSWORD).statusCode());

    Object token = Rest.object("token", link.token());
    body(send(nobody, "email-address/verify", token), 204);
    assertEquals(401, send(nobody, "email-address/verify", token).statusCode());
    assertEquals(next, ada.get("me").at("/person/email").asText());
    assertEquals(401, signIn(email, PASSWORD).statusCode());
    assertEquals(201, signIn(next, PASSWORD).statusCode());
  }

  private static HttpResponse<String> change(Rest as, String to, String password) throws Exception {
    return send(as, "email-address/change", Rest.object("email", to, "password", password));
  }

  @Test
  public void aSecondFactorShouldBeAskedForAndEachCodeWorkOnce() throws Exception {
    Rest ada = new Rest(Platform.running().root(), accessToken(email, null));
    Map<String, Object> password = Rest.object("password", PASSWORD);
    String secret = ada.post("second-factor", password).path("secret").asText();
    assertFalse("before it is confirmed", challenged());
    long step = Instant.now().getEpochSecond() / 30;
    JsonNode codes =
        ada.post("second-factor/confirm", Rest.object("code", Person.code(secret, step)))
            .path("recovery_codes");
    assertEquals(10, codes.size());
    assertTrue(challenged());

    String next = Person.code(secret, step + 1);
    String used = challenge();
    body(verify(used, next), 201);
    assertEquals("a code twice", 401, verify(challenge(), next).statusCode());
    assertEquals("a challenge twice", 401, verify(used, codes.at("/1").asText()).statusCode());
    body(verify(challenge(), codes.at("/0").asText()), 201);
    assertEquals(
        "a recovery code twice", 401, verify(challenge(), codes.at("/0").asText()).statusCode());

    ada.post(
        "second-factor/remove", Rest.object("password", PASSWORD, "code", codes.at("/2").asText()));
    assertFalse("after it was removed", challenged());
  }

  private boolean challenged() throws Exception {
    JsonNode answer = body(signIn(email, PASSWORD), 201);
    assertEquals(answer.hasNonNull("challenge"), !answer.hasNonNull("tokens"));
    return answer.hasNonNull("challenge");
  }

  private String challenge() throws Exception {
    return body(signIn(email, PASSWORD), 201).at("/challenge/token").asText();
  }

  private HttpResponse<String> verify(String challenge, String code) throws Exception {
    return send(nobody, "sessions/verify", Rest.object("challenge", challenge, "code", code));
  }

  /** Failures lock the account from where they come, and ask others for a mailed step at most. */
  @Test
  public void whoFailsFromElsewhereShouldLockNoOwnerOut() throws Exception {
    Elsewhere attacker = new Elsewhere("127.0.0.66");
    Elsewhere other = new Elsewhere("127.0.0.67");
    Elsewhere hotel = new Elsewhere("127.0.0.99");
    Map<String, Object> wrong = Rest.object("email", email, "password", "wrong, wrong, wrong");
    Map<String, Object> right = Rest.object("email", email, "password", PASSWORD);
    for (int i = 0; i < 5; i++) {
      assertEquals(401, attacker.post("sessions", wrong));
    }
    assertEquals("from there", 429, attacker.post("sessions", right));
    assertEquals("from elsewhere", 201, signIn(email, PASSWORD).statusCode());
    for (int i = 0; i < 5; i++) {
      assertEquals(401, other.post("sessions", wrong));
    }
    assertEquals("where she signed in", 201, signIn(email, PASSWORD).statusCode());
    assertEquals("where she never was", 403, hotel.post("sessions", right));

    Caught mail = mails.newest(email, 2);
    assertEquals(204, hotel.post("sessions/unlock", Rest.object("token", mail.token())));
    assertEquals(201, hotel.post("sessions", right));
  }

  /** Whoever fails from everywhere keeps nobody out who reads their mail. */
  @Test
  public void anAttackerShouldLockNoOwnerOut() throws Exception {
    JsonNode session = body(signIn(email, PASSWORD), 201).path("tokens");
    for (int i = 0; i < 5; i++) {
      assertEquals(401, signIn(email, "wrong password " + i).statusCode());
    }
    assertEquals(429, signIn(email, PASSWORD).statusCode());
    Rest running = new Rest(Platform.running().root(), session.path("access_token").asText());
    assertEquals(email, running.get("me").path("person").path("email").asText());

    Caught mail = mails.newest(email, 1);
    body(send(nobody, "sessions/unlock", Rest.object("token", mail.token())), 204);
    for (int i = 0; i < 4; i++) {
      assertEquals(401, signIn(email, "wrong password " + i).statusCode());
    }
    assertEquals(201, signIn(email, PASSWORD).statusCode());
  }

  private String accessToken(String address, String at) throws Exception {
    Map<String, Object> credentials = Rest.object("email", address, "password", PASSWORD);
    if (at != null) {
      credentials.put("tenant", at);
    }
    return body(send(nobody, "sessions", credentials), 201)
        .path("tokens")
        .path("access_token")
        .asText();
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
