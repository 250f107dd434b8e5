// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.liquid;

import io.rookery.campaigns.internal.content.Samples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Renders templates for tests, with data of every kind. */
final class Render {

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T09:05:07Z"), ZoneOffset.UTC);

  static final Map<String, Object> DATA =
      Map.of(
          "contact",
          Map.of(
              "first_name",
              "Zoë",
              "html",
              "<b>\"x\" & 'y'</b>",
              "empty_text",
              "",
              "age",
              41,
              "score",
              2.5,
              "vip",
              true,
              "blocked",
              false,
              "tags",
              List.of("red", "green", "blue"),
              "none",
              List.of(),
              "company",
              Map.of("name", "Łódź Ltd", "sites", List.of("a", "b"))),
          "tenant",
          Map.of("name", "Heronry"));

  private Render() {}

  static String text(String template) {
    return Template.compile(template, Mode.TEXT, CLOCK).render(DATA, Samples.LINKS);
  }

  static String html(String template) {
    return Template.compile(template, Mode.HTML, CLOCK).render(DATA, Samples.LINKS);
  }
}
