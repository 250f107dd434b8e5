// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.people.Role;
import io.rookery.kernel.Actor;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in, members, and what people may do by their role. */
class PeopleResourcesTest {

  private static final String RESETS = "/api/v1/password-resets";
  private static final String ADDRESS = "/api/v1/email-address";
  private static final String SESSIONS = "/api/v1/sessions";
  private static final String MEMBER = "/api/v1/members/" + new UUID(0, 24);
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  private static HttpRequest.Builder as(Role role, String path) {
    return rest.open(path).header("Authorization", "Bearer " + FakePeople.token(role));
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return rest.send(
        rest.open(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void aResetShouldBeAskedForAndRedeemed() throws Exception {
    HttpResponse<String> asked = post(RESETS, "{\"email\":\"ada@example.org\"}");
    assertThat(asked.statusCode()).isEqualTo(202);
    assertThat(rest.people.passwords.asked).isEqualTo("ada@example.org");
    problem(post(RESETS, "{\"email\":\" \"}"), 422, "validation_failed");
    String right = "{\"token\":\"rky_reset_x\",\"password\":\"grey otter, 9 stones\"}";
    problem(post(RESETS + "/redeem", right.replace("_x", "_y")), 401, "unauthenticated");
    problem(post(RESETS + "/redeem", right.replace("9", "nine")), 422, "validation_failed");
    assertThat(post(RESETS + "/redeem", right).statusCode()).isEqualTo(204);
  }

  @Test
  void signingInShouldTakeNoKeyAndBelieveTheProxiesThatAreTrustedAlone() throws Exception {
    HttpResponse<String> answer =
        rest.send(
            rest.open(SESSIONS)
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", "198.51.100.1, 203.0.113.9")
                .header("Forwarded", "for=192.0.2.7")
                .header("User-Agent", "browser")
                .POST(
                    BodyPublishers.ofString(
                        "{\"email\":\"a@example.org\",\"password\":\"s3cret words\","
                            + "\"tenant\":\"acme\"}")));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    JsonNode tokens = json(answer).path("tokens");
    assertThat(tokens.path("access_token").asText()).isEqualTo("rky_access_x");
    assertThat(tokens.path("refresh_token").asText()).isEqualTo("rky_refresh_x");
    assertThat(tokens.path("role").asText()).isEqualTo("owner");
    assertThat(rest.people.credentials.password().reveal()).isEqualTo("s3cret words");
    assertThat(rest.people.credentials.tenant()).isEqualTo("acme");
    // What a trusted proxy itself saw, and nothing that was written before it came by.
    assertThat(rest.people.origin.address()).isEqualTo("203.0.113.9");
    assertThat(rest.people.origin.client()).isEqualTo("browser");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"email\":\"a@example.org\"}", "{\"email\":\"\",\"password\":\"x\"}"})
  void whatIsMissingShouldBeNamed(String body) throws Exception {
    problem(post(SESSIONS, body), 422, "validation_failed");
  }

  @Test
  void aSecondFactorShouldBeAskedForByAChallenge() throws Exception {
    HttpResponse<String> asked =
        post(SESSIONS, "{\"email\":\"two@example.org\",\"password\":\"s3cret words\"}");
    assertThat(asked.statusCode()).isEqualTo(201);
    assertThat(json(asked).path("tokens").isNull()).isTrue();
    String challenge = json(asked).at("/challenge/token").asText();
    HttpResponse<String> answer =
        post(SESSIONS + "/verify", "{\"challenge\":\"" + challenge + "\",\"code\":\"123456\"}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer).path("access_token").asText()).isEqualTo("rky_access_x");
    problem(
        post(SESSIONS + "/verify", "{\"challenge\":\"x\",\"code\":\"123456\"}"),
        401,
        "unauthenticated");
    problem(post(SESSIONS + "/verify", "{\"challenge\":\"x\"}"), 422, "validation_failed");
  }

  @Test
  void aSecondFactorShouldBeAddedAndRemovedByThePasswordToo() throws Exception {
    String factor = "/api/v1/second-factor";
    problem(asViewer(factor, "{}"), 422, "validation_failed");
    assertThat(rest.people.factors.password).isNull();
    HttpResponse<String> made = asViewer(factor, "{\"password\":\"s3cret words\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(json(made).path("secret").asText()).isEqualTo("ABCDEFGH");
    assertThat(rest.people.factors.password).isEqualTo("s3cret words");

    String remove = factor + "/remove";
    problem(asViewer(remove, "{\"code\":\"123456\"}"), 422, "validation_failed");
    problem(asViewer(remove, "{\"password\":\"s3cret words\"}"), 422, "validation_failed");
    assertThat(rest.people.factors.removal).isNull();
    String both = "{\"password\":\"s3cret words\",\"code\":\"123456\"}";
    assertThat(asViewer(remove, both).statusCode()).isEqualTo(204);
    assertThat(rest.people.factors.removal.code()).isEqualTo("123456");
    assertThat(rest.people.factors.removal.password().reveal()).isEqualTo("s3cret words");
  }

  @Test
  void refreshingShouldTakeTheTokenAlone() throws Exception {
    HttpResponse<String> answer =
        post(SESSIONS + "/refresh", "{\"refresh_token\":\"rky_refresh_x\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("access_token").asText()).isEqualTo("rky_access_x");
    problem(
        post(SESSIONS + "/refresh", "{\"refresh_token\":\"rky_refresh_y\"}"),
        401,
        "unauthenticated");
  }

  @Test
  void aMailedLinkShouldUnlockAndNothingElse() throws Exception {
    problem(post(SESSIONS + "/unlock", "{\"token\":\"rky_unlock_y\"}"), 401, "unauthenticated");
    assertThat(rest.people.unlocks.unlocked).isNull();
    assertThat(post(SESSIONS + "/unlock", "{\"token\":\"rky_unlock_x\"}").statusCode())
        .isEqualTo(204);
    assertThat(rest.people.unlocks.unlocked).isEqualTo("rky_unlock_x");
  }

  @Test
  void anAddressShouldBeVerifiedAndChangedByItsPersonAlone() throws Exception {
    String verification = ADDRESS + "/verification";
    String change = ADDRESS + "/change";
    String wanted = "{\"email\":\"new@example.org\",\"password\":\"s3cret words\"}";
    for (String path : new String[] {verification, change}) {
      problem(post(path, wanted), 401, "unauthenticated");
      HttpRequest.Builder key = rest.request(path).header("Content-Type", "application/json");
      problem(rest.send(key.POST(BodyPublishers.ofString(wanted))), 403, "forbidden");
    }
    assertThat(rest.people.addresses.asked).isNull();
    assertThat(asViewer(verification, "").statusCode()).isEqualTo(202);
    assertThat(rest.people.addresses.asked).isEqualTo(FakePeople.USER);

    problem(asViewer(change, "{\"email\":\"new@example.org\"}"), 422, "validation_failed");
    assertThat(rest.people.addresses.wanted).isNull();
    HttpResponse<String> asked = asViewer(change, wanted);
    assertThat(asked.statusCode()).isEqualTo(202);
    assertThat(asked.body()).doesNotContain("example.org", "s3cret");
    assertThat(rest.people.addresses.wanted.email()).isEqualTo("new@example.org");
    assertThat(rest.people.addresses.wanted.password().reveal()).isEqualTo("s3cret words");

    String token = "{\"token\":\"rky_verify_x\"}";
    problem(post(ADDRESS + "/verify", token.replace("_x", "_y")), 401, "unauthenticated");
    problem(post(ADDRESS + "/verify", token.replace("_x", "_taken")), 409, "conflict");
    assertThat(post(ADDRESS + "/verify", token).statusCode()).isEqualTo(204);
  }

  @Test
  void anInvitationShouldBeTakenUpByWhoeverIsSignedIn() throws Exception {
    String join = "/api/v1/invitations/join";
    String token = "{\"token\":\"rky_invitation_known\"}";
    problem(post(join, token), 401, "unauthenticated");
    HttpRequest.Builder key = rest.request(join).header("Content-Type", "application/json");
    problem(rest.send(key.POST(BodyPublishers.ofString(token))), 403, "forbidden");
    problem(asViewer(join, token.replace("known", "new")), 422, "validation_failed");
    assertThat(rest.invitations.joined).isNull();
    HttpResponse<String> joined = asViewer(join, token);
    assertThat(joined.statusCode()).isEqualTo(201);
    assertThat(json(joined).path("role").asText()).isEqualTo("viewer");
    assertThat(rest.invitations.joined).isEqualTo(FakePeople.USER);
  }

  private static HttpResponse<String> asViewer(String path, String body) throws Exception {
    return rest.send(
        as(Role.VIEWER, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void sessionsShouldBeAPersonsAlone() throws Exception {
    problem(rest.get(SESSIONS), 403, "forbidden");
    problem(rest.send(rest.open(SESSIONS)), 401, "unauthenticated");
    HttpResponse<String> mine = rest.send(as(Role.VIEWER, SESSIONS));
    assertThat(mine.statusCode()).isEqualTo(200);
    assertThat(json(mine).at("/data/0/current").asBoolean()).isTrue();
    assertThat(json(mine).at("/data/1/current").asBoolean()).isFalse();
    assertThat(rest.people.context.actor())
        .isEqualTo(new Actor(Actor.Kind.USER, FakePeople.USER.toString()));
    assertThat(rest.people.context.tenantId()).isEqualTo(FakeAuthenticator.TENANT);
  }

  @Test
  void signingOutShouldEndTheSessionThatAsks() throws Exception {
    assertThat(rest.send(as(Role.VIEWER, SESSIONS + "/current").DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(rest.people.ended).isEqualTo(FakePeople.SESSION);
    UUID other = new UUID(0, 23);
    assertThat(rest.send(as(Role.VIEWER, SESSIONS + "/" + other).DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(rest.people.ended).isEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({
    "OWNER, 200, 201, 200",
    "ADMIN, 200, 201, 200",
    "MEMBER, 200, 201, 403",
    "VIEWER, 200, 403, 403"
  })
  void aRoleShouldDecideWhatAPersonMayDo(Role role, int reads, int writes, int administers)
      throws Exception {
    assertThat(rest.send(as(role, "/api/v1/contacts")).statusCode()).isEqualTo(reads);
    String contact = "{\"email\":\"" + role.name().toLowerCase(Locale.ROOT) + "@example.org\"}";
    assertThat(
            rest.send(
                    as(role, "/api/v1/contacts")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(contact)))
                .statusCode())
        .isEqualTo(writes);
    assertThat(rest.send(as(role, "/api/v1/members")).statusCode()).isEqualTo(administers);
  }

  @Test
  void aTokenThatDoesNotWorkShouldBeRefused() throws Exception {
    problem(
        rest.send(
            rest.open("/api/v1/contacts").header("Authorization", "Bearer rky_access_nobody")),
        401,
        "unauthenticated");
  }

  @Test
  void aMembersRoleShouldBeChangedAtItsVersion() throws Exception {
    HttpResponse<String> changed =
        rest.send(
            as(Role.OWNER, MEMBER)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"3\"")
                .method("PATCH", BodyPublishers.ofString("{\"role\":\"admin\"}")));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(json(changed).path("role").asText()).isEqualTo("admin");
    assertThat(changed.headers().firstValue("ETag")).contains("\"3\"");
    assertThat(rest.people.members.expected).isEqualTo(3);
    problem(rest.send(as(Role.OWNER, MEMBER).DELETE()), 409, "wrong_state");
  }
}
