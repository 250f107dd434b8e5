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

  private static HttpResponse<String> post(String path) throws Exception {
    return rest.send(
        rest.open(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("confirm=yes")));
  }
}
