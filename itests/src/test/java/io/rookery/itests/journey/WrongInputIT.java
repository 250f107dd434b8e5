// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.running.Rest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.Before;
import org.junit.Test;

/** Wrong input at each door: a clear problem, nothing changed, never a 500. */
public class WrongInputIT {

  private static final String JSON = "application/json";

  private Rest rest;

  @Before
  public void start() throws Exception {
    rest = Platform.rest(Platform.tenant());
  }

  @Test
  public void malformedJsonShouldBeNamed() throws Exception {
    refused("contacts", "{\"email\":", 400);
    refused("contacts", "[]", 422);
    refused("contacts", "", 400);
    refused("lists", "{\"name\":\"a\"} trailing", 400);
    assertNothing("contacts", "lists");
  }

  @Test
  public void wrongTypesAndUnknownFieldsShouldBeNamed() throws Exception {
    refused("contacts", "{\"email\":{\"a\":1}}", 422);
    refused("contacts", "{\"email\":\"a@x.example\",\"tracking_consent\":\"perhaps\"}", 422);
    refused("contacts", "{\"email\":\"a@x.example\",\"colour\":\"red\"}", 422);
    refused("campaigns", "{\"name\":\"x\",\"list_ids\":[\"no id\"]}", 422);
    assertNothing("contacts", "campaigns");
  }

  @Test
  public void jsonBeyondAMegabyteShouldBeTooLarge() throws Exception {
    String large = "{\"name\":\"" + "x".repeat(1_100_000) + "\"}";
    refused("lists", large, 413);
    assertNothing("lists");
  }

  @Test
  public void aPictureShouldBeNoCsv() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H'};
    HttpResponse<String> answer =
        rest.send("POST", "imports?file_name=x.csv", BodyPublishers.ofByteArray(png), "text/csv");
    problem(answer, 422);
    assertNothing("imports", "contacts");
  }

  @Test
  public void aTemplateThatDoesNotCompileShouldSayWhere() throws Exception {
    JsonNode problem =
        refused(
            "templates", "{\"name\":\"t\",\"subject\":\"s\",\"html\":\"{% if x %}no end\"}", 422);
    assertTrue(
        problem.toString(),
        problem.path("errors").get(0).path("pointer").asText().contains("html"));
    assertNothing("templates");
  }

  @Test
  public void aTemplateThatTurnsForEverShouldEndWithAClearError() throws Exception {
    String loop =
        "{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}";
    Object template = Rest.object("name", "t", "subject", "s", "html", loop);
    HttpResponse<String> answer =
        rest.send(
            "POST",
            "templates",
            BodyPublishers.ofString(new ObjectMapper().writeValueAsString(template)),
            JSON);
    // Ranges are no part of the language, so it is refused at once; it must in no case spin.
    problem(answer, 422);
  }

  @Test
  public void headersShouldNotBeInjected() throws Exception {
    refused(
        "templates",
        "{\"name\":\"t\",\"subject\":\"Hi\\r\\nBcc: x@y.example\",\"html\":\"<p>x</p>\"}",
        422);
    refused(
        "mailboxes",
        "{\"address\":\"a@x.example\",\"backend\":\"sandbox\",\"display_name\":\"A\\r\\nBcc: x@y.example\"}",
        422);
    refused("campaigns", "{\"name\":\"c\",\"from_name\":\"A\\nReply-To: x@y.example\"}", 422);
    assertNothing("templates", "mailboxes", "campaigns");
  }

  @Test
  public void whatIsNotThereShouldBeNotFound() throws Exception {
    String id = "0199f000-0000-7000-8000-000000000001";
    for (String kind :
        new String[] {
          "contacts", "lists", "imports", "templates", "campaigns", "mailboxes", "messages", "jobs"
        }) {
      problem(rest.send("GET", kind + "/" + id, null, JSON), 404);
      HttpResponse<String> odd = rest.send("GET", kind + "/no-id", null, JSON);
      assertTrue(odd.body(), odd.statusCode() == 404 || odd.statusCode() == 400);
    }
    problem(rest.send("GET", "nothing-here", null, JSON), 404);
    problem(rest.send("PUT", "contacts", BodyPublishers.ofString("{}"), JSON), 405);
    problem(rest.send("POST", "contacts", BodyPublishers.ofString("a=b"), "text/plain"), 415);
    problem(rest.send("GET", "contacts?limit=0", null, JSON), 400);
    problem(rest.send("GET", "contacts?cursor=nonsense", null, JSON), 400);
  }

  private JsonNode refused(String path, String body, int status) throws Exception {
    return problem(rest.send("POST", path, BodyPublishers.ofString(body), JSON), status);
  }

  private static JsonNode problem(HttpResponse<String> answer, int status) throws Exception {
    assertEquals(answer.uri() + " " + answer.body(), status, answer.statusCode());
    assertEquals(
        "application/problem+json",
        answer.headers().firstValue("Content-Type").orElse("").split(";")[0]);
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertFalse(problem.path("detail").asText().isEmpty());
    assertFalse(problem.path("code").asText().isEmpty());
    assertFalse(problem.path("request_id").asText().isEmpty());
    return problem;
  }

  private void assertNothing(String... kinds) throws Exception {
    for (String kind : kinds) {
      assertEquals(kind, 0, rest.get(kind).path("data").size());
    }
  }
}
