// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.campaigns.internal.liquid.Mode;
import io.rookery.campaigns.internal.liquid.Template;
import io.rookery.kernel.Uuids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide and the quick start show is what happens. */
class GuideTest {

  private static final Path DOCS = docs();
  private static final Pattern SNIPPET =
      Pattern.compile("```liquid\\n(.*?)\\n```\\n```text\\n(.*?)\\n```", Pattern.DOTALL);
  private static final Map<String, Object> DATA =
      Map.of(
          "contact",
          Map.of(
              "first_name", "Zoë",
              "last_name", "Müller",
              "city", "Kraków",
              "visits", 3,
              "interests", "poems, birds"),
          "tenant",
          Map.of("name", "Heronry Books", "postal_address", "1 Rookery Lane"));

  private static Path docs() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/templates.md"))) {
      folder = folder.getParent();
    }
    return folder.resolve("docs");
  }

  @Test
  void snippetsShouldMakeWhatTheGuideSays() throws IOException {
    Matcher snippets = SNIPPET.matcher(Files.readString(DOCS.resolve("templates.md")));
    int count = 0;
    while (snippets.find()) {
      Template template = Template.compile(snippets.group(1), Mode.TEXT, Clock.systemUTC());
      assertThat(template.render(DATA, Samples.LINKS)).isEqualTo(snippets.group(2));
      count++;
    }
    assertThat(count).isEqualTo(5);
  }

  @Test
  void quickStartShouldRenderForEverybody() throws IOException {
    JsonNode file = new ObjectMapper().readTree(DOCS.resolve("quickstart/campaign.json").toFile());
    JsonNode template = file.get("template");
    CampaignData campaign =
        new CampaignData(
            file.at("/campaign/name").textValue(),
            null,
            List.of(),
            List.of(),
            null,
            null,
            Category.COMMERCIAL,
            true,
            true,
            null);
    ContentSource source =
        new ContentSource(
            template.get("subject").textValue(),
            template.get("html").textValue(),
            template.get("text").textValue());
    CompiledContent content =
        new ContentCompiler(Clock.systemUTC()).compile(Uuids.next(), campaign, source);
    assertThat(content.links()).hasSize(4);
    RenderedMessage known = content.render(DATA, Samples.LINKS);
    assertThat(known.subject()).startsWith("Zoë, three books").contains("żółte");
    assertThat(known.html())
        .contains("Hello Zoë,", "ありがとうございます")
        .containsOnlyOnce("Unsubscribe</a>");
    assertThat(known.text())
        .contains("- Żółte skrzydła (https://heronry.example/", Samples.LINKS.unsubscribe())
        .doesNotContain("\n\n\n", "{%", "<");
    Map<String, Object> firm = Map.of("contact", Map.of("company", "A & B", "plan", "business"));
    assertThat(content.render(firm, Samples.LINKS).html())
        .contains("Hello dear reader and everybody at A &amp; B,", "日本語");
  }
}
