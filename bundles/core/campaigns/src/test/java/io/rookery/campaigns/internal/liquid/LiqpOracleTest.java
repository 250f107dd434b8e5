// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import liqp.TemplateParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the language means is what liqp says it means, wherever both know a construct. */
class LiqpOracleTest {

  private static final TemplateParser ORACLE = new TemplateParser.Builder().build();

  private static final String[] VALUES = {
    "contact.first_name",
    "contact.age",
    "contact.score",
    "contact.vip",
    "contact.blocked",
    "contact.missing",
    "contact.empty_text",
    "contact.company.name",
    "contact.tags[0]",
    "'red'",
    "'Zoë'",
    "41",
    "2.5",
    "true",
    "false",
    "nil",
    "contact.tags.size"
  };
  private static final String[] FILTERS = {
    "upcase",
    "downcase",
    "strip",
    "escape",
    "default: 'd'",
    "truncate: 4",
    "truncate: 6, '…'",
    "replace: 'e', 'E'",
    "replace: 'l'",
    "split: 'e' | join: '+'",
    "split: ',' | first",
    "split: ' ' | last"
  };
  private static final String[] SAME = {"==", "!="};

  private static void agree(String template) {
    assertThat(Render.text(template))
        .as(template)
        .isEqualTo(ORACLE.parse(template).render(Render.DATA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ contact.first_name }} {{ contact['age'] }} {{ contact.tags[-1] }}",
        "{{ contact.company.sites | join: '/' }}",
        "{{ contact.tags.first }}{{ contact.tags.last }}{{ contact.tags.size }}",
        "{{ 'hello world' | capitalize }}",
        "{{ 'a b c' | split: ' ' | join: '-' }}",
        "{{ 'abc' | size }}{{ contact.none | size }}",
        "{{ '2026-03-09' | date: '%Y/%m/%d %j %a %A %b %B %y' }}",
        "{% if contact.age > 40 and contact.age < 50 %}y{% else %}n{% endif %}",
        "{% if contact.none == empty %}y{% endif %}",
        "{% if contact.tags contains 'green' %}y{% endif %}",
        "{% if contact.first_name contains 'Z' %}y{% endif %}",
        "{% unless contact.vip %}a{% else %}b{% endunless %}",
        "{% case contact.age %}{% when 40 %}a{% when 41 %}b{% endcase %}",
        "{% case 'x' %}{% when 'a', 'x' %}1{% else %}2{% endcase %}",
        "{% for t in contact.tags %}{{ forloop.index0 }}{{ forloop.rindex }}{{ forloop.first }}"
            + "{{ forloop.last }}{{ forloop.length }}{{ t }};{% endfor %}",
        "{% for t in contact.tags reversed %}{{ t }}{% endfor %}",
        "{% for t in contact.tags limit:2 %}{{ t }}{% endfor %}",
        "{% for t in contact.tags offset:1 %}{{ t }}{% endfor %}",
        "{% for t in contact.none %}a{% else %}b{% endfor %}",
        "{% for t in contact.tags %}{% for u in contact.company.sites %}{{ forloop.index }}{{ t }}"
            + "{{ u }}{% if u == 'a' %}{% continue %}{% endif %}{% break %}{% endfor %}|{% endfor %}",
        "{% assign n = 'x,y' | split: ',' %}{% for i in n %}{{ i }}{% endfor %}{{ n.size }}",
        "a {%- if true -%} b {%- endif %} c {{- 'd' -}} e",
        "{% raw %}{{ a }}{% endraw %}{% comment %}x{% endcomment %}",
        "{% if true or false and false %}y{% else %}n{% endif %}",
        "{% if false and false or true %}y{% else %}n{% endif %}",
        "{{ contact.score }}{{ contact.vip }}{{ 3 }}{{ 1.50 }}",
      })
  void tableShouldAgree(String template) {
    agree(template);
  }

  @Test
  void differencesShouldBeThoseThatTheGuideNames() {
    String words = "{{ 'a b  c' | split: ' ' | join: '-' }}";
    assertThat(ORACLE.parse(words).render()).isEqualTo("a-b--c");
    assertThat(Render.text(words)).isEqualTo("a-b-c");
    String quote = "{{ \"it's\" | escape }}";
    assertThat(ORACLE.parse(quote).render()).isEqualTo("it's");
    assertThat(Render.text(quote)).isEqualTo("it&#39;s");
  }

  @Test
  void randomTemplatesShouldAgree() {
    Random random = new Random(20261123);
    for (int i = 0; i < 2000; i++) {
      agree(block(random, 3));
    }
  }

  private static String block(Random random, int depth) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i <= random.nextInt(3); i++) {
      out.append(piece(random, depth));
    }
    return out.toString();
  }

  private static String piece(Random random, int depth) {
    int kind = depth == 0 ? random.nextInt(2) : random.nextInt(6);
    return switch (kind) {
      case 0 -> " text ";
      case 1 -> "{{ " + pick(random, VALUES) + " }}";
      case 2 -> "{{ contact.first_name | " + pick(random, FILTERS) + " }}";
      case 3 ->
          "{% if "
              + condition(random)
              + " %}"
              + block(random, depth - 1)
              + "{% else %}"
              + block(random, depth - 1)
              + "{% endif %}";
      case 4 ->
          "{% for i in contact.tags %}{{ i }}{{ forloop.index }}"
              + block(random, depth - 1)
              + "{% endfor %}";
      default ->
          "{%- unless "
              + pick(random, VALUES)
              + " -%} "
              + block(random, depth - 1)
              + " {%- endunless -%}";
    };
  }

  private static String condition(Random random) {
    String first = pick(random, VALUES) + " " + pick(random, SAME) + " " + pick(random, VALUES);
    return switch (random.nextInt(4)) {
      case 0 -> pick(random, VALUES);
      case 1 -> first + " and " + pick(random, VALUES);
      case 2 -> first + " or " + pick(random, VALUES);
      default -> first;
    };
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }
}
