// SPDX-License-Identifier: Apache-2.0
package io.rookery.quickstart.internal;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.api.campaigns.TemplateService.TemplateData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the quick start. */
final class DemoFiles {

  private final Path folder;

  DemoFiles(Path folder) {
    this.folder = folder;
  }

  InputStream contacts() throws IOException {
    return Files.newInputStream(folder.resolve("contacts.csv"));
  }

  Plan plan() throws IOException {
    return new ObjectMapper().readValue(folder.resolve("campaign.json").toFile(), Plan.class);
  }

  /** What {@code campaign.json} holds. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Plan(Template template, Named campaign) {}

  /** Its template. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Template(String name, String subject, String html, String text) {

    TemplateData data() {
      return new TemplateData(name, subject, html, text);
    }
  }

  /** Its campaign. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Named(String name) {}
}
