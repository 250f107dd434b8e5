// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountPagesTest {

  private static final String UNLOCK = "/account/unlock/";
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @BeforeEach
  void forget() {
    rest.people.unlocks.unlocked = null;
  }

  @Test
  void aGetShouldShowAFormAndChangeNothing() throws Exception {
    for (String token : new String[] {"rky_unlock_x", "anything"}) {
      HttpResponse<String> page = rest.send(rest.open(UNLOCK + token).header("Accept", "*/*"));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<form method=\"post\">", "<button", "lang=\"en\"");
      assertThat(page.body()).doesNotContain(token, "<script");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'");
      assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    }
    assertThat(rest.people.unlocks.unlocked).isNull();
  }

  @Test
  void theButtonShouldUnlockAndAnUnknownLinkShouldSaySo() throws Exception {
    assertThat(post(UNLOCK + "rky_unlock_x").body()).contains("The lock is lifted");
    assertThat(rest.people.unlocks.unlocked).isEqualTo("rky_unlock_x");

    HttpResponse<String> unknown = post(UNLOCK + "rky_unlock_y");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("This link does not work").doesNotContain("rky_");
  }

  @Test
  void anAddressShouldBeVerifiedByThePage() throws Exception {
    String path = "/account/verify/";
    HttpResponse<String> page = rest.send(rest.open(path + "rky_verify_x"));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<form method=\"post\">").doesNotContain("rky_", "<script");
    assertThat(rest.people.addresses.redeemed).isNull();

    HttpResponse<String> taken = post(path + "rky_verify_taken");
    assertThat(taken.statusCode()).isEqualTo(422);
    assertThat(taken.body()).contains("role=\"alert\"", "Another account has the address");
    assertThat(post(path + "rky_verify_y").statusCode()).isEqualTo(404);
    assertThat(rest.people.addresses.redeemed).isNull();

    assertThat(post(path + "rky_verify_x").body()).contains("The address is verified");
    assertThat(rest.people.addresses.redeemed).isEqualTo("rky_verify_x");
  }

  @Test
  void aPasswordShouldBeSetByThePageAndAWrongOneSaidWithoutShowingIt() throws Exception {
    String path = "/account/reset/rky_reset_x";
    HttpResponse<String> page = rest.send(rest.open(path));
    assertThat(page.body())
        .contains("<label for=\"password\">", "type=\"password\"", "autocomplete=\"new-password\"");
    HttpResponse<String> wrong = post(path, "password=too+short");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("role=\"alert\"", "Give at least &lt;12&gt; characters", "<form")
        .doesNotContain("too short");
    assertThat(post(path, "").statusCode()).isEqualTo(422);
    assertThat(rest.people.passwords.set).isNull();

    assertThat(post(path, "password=grey+otter%2C+9+stones").body()).contains("is set");

    assertThat(rest.people.passwords.set).isEqualTo("grey otter, 9 stones");
    assertThat(post("/account/reset/rky_reset_y", "password=x").statusCode()).isEqualTo(404);
  }

  @Test
  void anInvitationShouldBeTakenUpByThePage() throws Exception {
    String fresh = "/account/invitation/rky_invitation_new";
    assertThat(rest.send(rest.open(fresh)).body())
        .contains("Join Acme &lt;b&gt;", "name=\"name\"", "name=\"password\"");
    HttpResponse<String> wrong = post(fresh, "name=Eve&password=short");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("Give at least 12 characters").doesNotContain("short\"");
    HttpResponse<String> full = post(fresh, "name=Full&password=grey+otter+9+stones");
    assertThat(full.statusCode()).isEqualTo(422);
    assertThat(full.body()).contains("The plan allows no more");
    assertThat(rest.invitations.accepted).isZero();
    assertThat(post(fresh, "name=Eve&password=grey+otter+9+stones").body()).contains("Welcome");
    assertThat(rest.invitations.person.name()).isEqualTo("Eve");

    String known = "/account/invitation/rky_invitation_known";
    assertThat(rest.send(rest.open(known)).body())
        .contains("ada@example.org", "href=\"/#invitation=rky_invitation_known\"")
        .doesNotContain("password", "<form");
    assertThat(post(known, "confirm=yes").statusCode()).isEqualTo(422);
    assertThat(post(known, "name=Eve&password=grey+otter+9+stones").statusCode()).isEqualTo(422);
    assertThat(rest.invitations.accepted).isEqualTo(1);

    assertThat(rest.send(rest.open("/account/invitation/x")).statusCode()).isEqualTo(404);
    assertThat(post("/account/invitation/x", "confirm=yes").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> post(String path) throws Exception {
    return post(path, "confirm=yes");
  }

  private static HttpResponse<String> post(String path, String form) throws Exception {
    return rest.send(
        rest.open(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }
}
