// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.system;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.campaigns.MessageContents.Content;
import io.rookery.api.campaigns.MessageContents.Written;
import io.rookery.api.people.PeopleMail.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of the platform's own mail, in Liquid. A kind has a text, whose first line is the
 * subject, and the middle of an HTML page. Thread-safe.
 */
final class LetterTemplates {

  private static final String PLACE = "<!--letter-->";

  private final MessageContents contents;
  private final Map<Kind, Content> known = new ConcurrentHashMap<>();

  LetterTemplates(MessageContents contents) {
    this.contents = contents;
  }

  Content of(Kind kind) {
    return known.computeIfAbsent(kind, this::compile);
  }

  private Content compile(Kind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    String[] text = read(name + ".txt").split("\n", 2);
    String html = read("page.html").replace(PLACE, read(name + ".html"));
    return contents.liquid(
        new Written(text[0], html, text[1].strip() + "\n"), Category.TRANSACTIONAL);
  }

  private static String read(String name) {
    try (InputStream in = LetterTemplates.class.getResourceAsStream("letters/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
