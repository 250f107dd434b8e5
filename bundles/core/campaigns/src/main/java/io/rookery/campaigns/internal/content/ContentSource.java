// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import io.rookery.api.campaigns.TemplateService.TemplateData;

/**
 * The sources of a content.
 *
 * @param html null for mail in plain text alone
 * @param text null to derive it from the HTML
 */
public record ContentSource(String subject, String html, String text) {

  /** Returns the sources of a template. */
  public static ContentSource of(TemplateData template) {
    return new ContentSource(template.subject(), template.html(), template.text());
  }
}
