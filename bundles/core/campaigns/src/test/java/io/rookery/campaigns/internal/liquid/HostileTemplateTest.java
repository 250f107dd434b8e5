// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.campaigns.internal.content.ContentCompiler;
import io.rookery.campaigns.internal.content.ContentSource;
import io.rookery.campaigns.internal.content.Samples;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileTemplateTest {

  private static final String TEN = "{% assign l = '0,1,2,3,4,5,6,7,8,9' | split: ',' %}";

  private static void refused(String template, String words) {
    assertThatThrownBy(() -> Render.html(template))
        .isInstanceOf(LiquidException.class)
        .hasMessageContaining(words);
  }

  private static String loops(int depth, String body) {
    StringBuilder out = new StringBuilder(TEN);
    for (int i = 0; i < depth; i++) {
      out.append("{% for x").append(i).append(" in l %}");
    }
    return out.append(body).append("{% endfor %}".repeat(depth)).toString();
  }

  @Test
  void loopsShouldEndAfterAThousandTurns() {
    refused(loops(8, "x"), "Loops take more than 1000 turns");
    assertThat(Render.text(loops(2, "x"))).hasSize(100);
  }

  @Test
  void stepsShouldBeCounted() {
    refused(loops(2, "{% if a %}{% endif %}".repeat(1000)), "more than 100000 steps");
    refused("{{a}}".repeat(101_000), "more than 100000 steps");
  }

  @Test
  void growingValuesShouldBeCounted() {
    String doubling = "{% assign a = a | replace: 'a', 'aaaaaaaaaa' %}".repeat(20);
    refused("{% assign a = 'a' %}" + doubling, "Values take more than");
    String joining = "{% assign a = l | join: a %}".repeat(30);
    refused("{% assign a = 'xxxxxxxxxx' %}" + TEN + joining, "Values take more than");
    String splitting = "{% assign b = a | split: '' %}".repeat(1000);
    refused("{% assign a = 'xxxxxxxxxxxxxxxxxxxx' %}" + loops(2, splitting), "more than");
  }

  @Test
  void slowSearchesShouldBeCounted() {
    String grow =
        "{% assign a = 'a' %}" + "{% assign a = a | replace: 'a', 'aaaaaaaaaa' %}".repeat(5);
    String search = "{% if a contains '" + "a".repeat(1000) + "b' %}{% endif %}";
    refused(grow + search.repeat(10), "steps");
    refused(grow + "{% if a contains a %}{% endif %}", "more than 1024 characters");
  }

  @Test
  void workOnLongValuesShouldBeCounted() {
    String grow =
        "{% assign a = ' ' %}" + "{% assign a = a | replace: ' ', '          ' %}".repeat(6);
    for (String use :
        List.of(
            "{{ a.size }}",
            "{{ a | size }}",
            "{% if a == blank %}{% endif %}",
            "{% case a %}{% when 'x' %}{% endcase %}",
            "{{ a | date: '%Y' | size }}",
            "{{ contact[a] }}")) {
      refused(grow + use.repeat(5000), "more than");
    }
  }

  @Test
  void manyLinesAndStylesShouldCompileAllTheSame() {
    assertThat(Render.text("{% if a %}\n{% endif %}".repeat(20_000))).isEmpty();
    String styles = "<style></style>".repeat(30_000);
    assertThat(new ContentCompiler(Render.CLOCK).errors(new ContentSource("s", styles, null)))
        .isEmpty();
  }

  @Test
  void outputShouldBeBounded() {
    refused(loops(3, "x".repeat(2000)), "output is longer");
    String big =
        "{% assign a = '<' %}" + "{% assign a = a | replace: '<', '<<<<<<<<<<' %}".repeat(5);
    refused(big + "{{ a }}{{ a }}{{ a }}", "output is longer");
  }

  @Test
  void nestingShouldBeBounded() {
    refused("{% if a %}".repeat(101) + "{% endif %}".repeat(101), "nested more than 100");
    refused("{{ a" + "[a".repeat(20_000) + "]".repeat(20_000) + " }}", "nested too deep");
    assertThat(Render.text("{% if true %}".repeat(99) + "x" + "{% endif %}".repeat(99)))
        .isEqualTo("x");
  }

  @Test
  void sourceShouldBeBounded() {
    refused("x".repeat(512 * 1024 + 1), "512 KB");
  }

  @Test
  void longChainsShouldNotOverflowTheStack() {
    String chain = "{% if a" + " or a".repeat(20_000) + " %}x{% else %}y{% endif %}";
    assertThat(Render.text(chain)).isEqualTo("y");
    assertThat(Render.text("{{ 'x'" + " | upcase".repeat(20_000) + " }}")).isEqualTo("X");
  }

  @Test
  void hugeDataShouldBeCountedToo() {
    Map<String, Object> data =
        Map.of("contact", Map.of("list", Collections.nCopies(1_000_000, "x")));
    Template template =
        Template.compile("{% for x in contact.list %}.{% endfor %}", Mode.TEXT, Render.CLOCK);
    assertThatThrownBy(() -> template.render(data, Samples.LINKS))
        .isInstanceOf(LiquidException.class);
    Template output = Template.compile("{{ contact.list }}", Mode.TEXT, Render.CLOCK);
    Map<String, Object> wide =
        Map.of("contact", Map.of("list", List.of("y".repeat(600_000), "y".repeat(600_000))));
    assertThatThrownBy(() -> output.render(wide, Samples.LINKS))
        .isInstanceOf(LiquidException.class);
  }

  @Test
  void brokenTemplatesShouldOnlyEverFailCleanly() {
    String[] parts = {
      "{{",
      "}}",
      "{%",
      "%}",
      "{%-",
      "-%}",
      " if ",
      " endif ",
      "for x in ",
      "contact",
      ".",
      "|",
      ":",
      "'",
      "\"",
      "[",
      "]",
      "==",
      "1",
      "raw",
      "endraw",
      "comment",
      "assign a = ",
      "\n",
      "{",
      "case",
      "else"
    };
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder template = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        template.append(parts[random.nextInt(parts.length)]);
      }
      try {
        assertThat(Render.html(template.toString())).isNotNull();
      } catch (LiquidException e) {
        assertThat(e).hasMessageContaining(" ");
      }
    }
  }
}
