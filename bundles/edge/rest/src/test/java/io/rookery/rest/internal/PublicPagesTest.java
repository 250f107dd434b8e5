// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.monitoring.HealthCheck;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPagesTest {

  private static final String FORM = "application/x-www-form-urlencoded";
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
    rest.links.log.clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"known", "unknown"})
  void thePixelShouldBeTheSameForEveryToken(String token) throws Exception {
    HttpResponse<String> pixel = rest.send(rest.open("/t/o/" + token).header("Accept", "image/*"));
    assertThat(pixel.statusCode()).isEqualTo(200);
    assertThat(pixel.headers().firstValue("Content-Type")).contains("image/gif");
    assertThat(pixel.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(pixel.body()).startsWith("GIF89a");
    assertThat(rest.links.log).containsExactly("open " + token);
  }

  @Test
  void aClickShouldLeadToTheTarget() throws Exception {
    HttpResponse<String> click =
        rest.send(rest.open("/t/c/known").header("Accept", "application/x-unheard-of"));
    assertThat(click.statusCode()).isEqualTo(302);
    assertThat(click.headers().firstValue("Location"))
        .contains("https://shop.example.org/?a=1&b=2");
    assertThat(rest.send(rest.open("/t/c/unknown")).statusCode()).isEqualTo(404);
  }

  @Test
  void aGetShouldNeverUnsubscribe() throws Exception {
    HttpResponse<String> page =
        rest.send(rest.open("/u/known?List-Unsubscribe=One-Click").header("Accept", "*/*"));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<button").contains("Acme &lt;b&gt;");
    assertThat(rest.send(rest.open("/u/unknown")).statusCode()).isEqualTo(404);
    rest.send(rest.open("/u/known").method("HEAD", BodyPublishers.noBody()));
    assertThat(rest.links.log).isEmpty();
  }

  @Test
  void oneClickShouldUnsubscribeByForm() throws Exception {
    HttpResponse<String> done = unsubscribe("known", FORM, "List-Unsubscribe=One-Click");
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).hasSizeLessThan(100);
    assertThat(rest.links.log).containsExactly("unsubscribe known ONE_CLICK");
  }

  @Test
  void aProofOfThePlatformShouldUnsubscribeNobody() throws Exception {
    HttpResponse<String> done = unsubscribe("proof", FORM, "List-Unsubscribe=One-Click");
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(rest.links.log).isEmpty();
  }

  @Test
  void oneClickShouldUnsubscribeByMultipart() throws Exception {
    String body =
        "--xyz\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
            + "One-Click\r\n--xyz--\r\n";
    HttpResponse<String> done = unsubscribe("known", "multipart/form-data; boundary=\"xyz\"", body);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(rest.links.log).containsExactly("unsubscribe known ONE_CLICK");
  }

  @Test
  void theButtonOfThePageShouldUnsubscribe() throws Exception {
    HttpResponse<String> done = unsubscribe("known", FORM, "confirm=yes");
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(rest.links.log).containsExactly("unsubscribe known PAGE");
  }

  @Test
  void anotherFormShouldChangeNothing() throws Exception {
    assertThat(unsubscribe("known", FORM, "a=b").statusCode()).isEqualTo(400);
    assertThat(unsubscribe("known", FORM, "").statusCode()).isEqualTo(400);
    assertThat(rest.links.log).isEmpty();
    assertThat(unsubscribe("unknown", FORM, "List-Unsubscribe=One-Click").statusCode())
        .isEqualTo(404);
  }

  private static HttpResponse<String> unsubscribe(String token, String type, String body)
      throws Exception {
    return rest.send(
        rest.open("/u/" + token).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  @Test
  void readinessShouldFollowTheChecks() throws Exception {
    assertThat(rest.send(rest.open("/health/live")).statusCode()).isEqualTo(200);
    assertThat(rest.send(rest.open("/health/ready")).statusCode()).isEqualTo(200);
    HealthCheck broken =
        new HealthCheck() {
          @Override
          public String name() {
            return "database";
          }

          @Override
          public Health check() {
            return new Health(false, "secret detail");
          }
        };
    rest.health.bind(broken);
    HttpResponse<String> answer = rest.send(rest.open("/health/ready"));
    rest.health.unbind(broken);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).at("/parts/0/name").asText()).isEqualTo("database");
    assertThat(answer.body()).doesNotContain("secret detail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/assets/app.js",
        "/assets/app.css",
        "/assets/account.js",
        "/assets/dom.js",
        "/assets/mail.html",
        "/assets/mail.js",
        "/assets/session.js",
        "/assets/signin.js",
        "/assets/queue.js",
        "/assets/favicon.svg",
        "/api/docs/",
        "/api/docs/docs.js",
        "/api/docs/swagger-ui.css",
        "/api/docs/swagger-ui-bundle.js",
        "/api"
      })
  void pagesShouldBeServedUnderAPolicy(String path) throws Exception {
    HttpResponse<String> page = rest.send(rest.open(path));
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src");
    assertThat(page.body()).isNotBlank();
  }

  @Test
  void onlyListedFilesShouldBeServed() throws Exception {
    assertThat(rest.send(rest.open("/assets/..%2f..%2fapp.js")).statusCode()).isBetween(400, 404);
    assertThat(rest.send(rest.open("/assets/other.js")).statusCode()).isEqualTo(404);
    assertThat(rest.send(rest.open("/api/docs/other.js")).statusCode()).isEqualTo(404);
  }
}
