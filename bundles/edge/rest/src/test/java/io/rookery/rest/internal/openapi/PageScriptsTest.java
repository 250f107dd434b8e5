// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.rest.internal.ResourceClassesAccess;
import io.swagger.v3.core.util.Json31;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page's scripts ask for and read is what the API has. */
class PageScriptsTest {

  private static JsonNode document;

  @BeforeAll
  static void describe() throws Exception {
    document =
        new ObjectMapper()
            .readTree(
                Json31.mapper()
                    .writeValueAsString(OpenApiDocument.describe(ResourceClassesAccess.all())));
  }

  private static String script(String name) throws Exception {
    try (InputStream in = PageScriptsTest.class.getResourceAsStream("/web/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"account.js", "app.js", "queue.js"})
  void everyAddressShouldBeOneOfTheApi(String name) throws Exception {
    Set<String> asked = found("['`](/api/v1/[^'`?]+)", script(name));
    assertThat(asked).isNotEmpty();
    for (String address : asked) {
      String path = address.replaceAll("\\$\\{verb}$", "pause").replaceAll("\\$\\{[^}]+}", "{id}");
      assertThat(document.path("paths").has(path)).as(path).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lane, Lane",
    "totals, Queue",
    "reason, DeadLetterReason",
    "now, Job",
    "pause, SendingPause",
    "box, Mailbox",
    "rates, SendingRates",
    "outcomes, Outcomes",
    "rates.total, Outcomes"
  })
  void everyFieldShouldBeOneThatTheApiTells(String variable, String schema) throws Exception {
    JsonNode properties = document.at("/components/schemas/" + schema + "/properties");
    Set<String> read =
        found("\\b" + variable.replace(".", "\\.") + "\\.([a-z_]+)", script("queue.js"));
    assertThat(read).isNotEmpty();
    for (String field : read) {
      assertThat(properties.has(field)).as(schema + "." + field).isTrue();
    }
  }

  @Test
  void everyKindOfOutcomeShouldBeShown() throws Exception {
    assertThat(found("\\['([a-z_]+)', '[a-z ]+'\\]", script("queue.js")))
        .containsExactlyInAnyOrder("accepted", "deferred", "failed", "in_doubt");
    Stream.of("accepted", "deferred", "failed", "in_doubt")
        .forEach(
            kind ->
                assertThat(document.at("/components/schemas/Outcomes/properties").has(kind))
                    .isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account.js",
        "app.js",
        "dom.js",
        "mail.js",
        "queue.js",
        "session.js",
        "signin.js"
      })
  void othersWordsShouldNeverBecomeHtmlOrCode(String name) throws Exception {
    assertThat(script(name))
        .doesNotContain(
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(");
  }

  @Test
  void noTokenShouldBeKeptWhereAScriptOrTheNextVisitorFindsIt() throws Exception {
    for (String name : new String[] {"account.js", "app.js", "session.js", "signin.js"}) {
      assertThat(script(name))
          .doesNotContain("localStorage", "sessionStorage", "indexedDB", "document.cookie");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account.js",
        "app.js",
        "dom.js",
        "mail.js",
        "queue.js",
        "session.js",
        "signin.js"
      })
  void everyModuleThatIsAskedForShouldBeServedAndGiveWhatIsTaken(String name) throws Exception {
    Matcher taken =
        Pattern.compile("import (?:\\{ ([^}]+) }|\\* as (\\w+)) from '\\./(\\w+\\.js)'")
            .matcher(script(name));
    while (taken.find()) {
      String module = script(taken.group(3));
      Set<String> given = found("export (?:async )?(?:function|const|class) ([$\\w]+)", module);
      Set<String> wanted =
          taken.group(1) == null
              ? found("\\b" + taken.group(2) + "\\.(\\w+)\\(", script(name))
              : new TreeSet<>(Set.of(taken.group(1).split(", ")));
      assertThat(given).as(name + " of " + taken.group(3)).containsAll(wanted);
    }
  }

  @Test
  void everyElementThatAScriptNamesShouldStandInThePage() throws Exception {
    String page = script("index.html");
    for (String name : new String[] {"account.js", "app.js", "dom.js", "signin.js"}) {
      for (String id : found("\\$\\('([a-z-]+)'\\)", script(name))) {
        assertThat(page).as(name).contains("id=\"" + id + "\"");
      }
    }
    assertThat(page).doesNotContain("style=", "<style", "onclick").doesNotContain("<script>");
  }
}
