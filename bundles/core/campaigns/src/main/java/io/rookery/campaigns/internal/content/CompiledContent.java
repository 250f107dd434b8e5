// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.campaigns.internal.CampaignErrors;
import io.rookery.campaigns.internal.liquid.LiquidException;
import io.rookery.campaigns.internal.liquid.Template;
import io.rookery.kernel.RookeryException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A content whose parts are compiled. */
public final class CompiledContent implements CampaignContent {

  private final UUID id;
  private final CampaignData campaign;
  private final Parts parts;
  private final List<String> links;

  record Parts(Template subject, Template html, Template text, boolean derived) {}

  CompiledContent(UUID id, CampaignData campaign, Parts parts, List<String> links) {
    this.id = id;
    this.campaign = campaign;
    this.parts = parts;
    this.links = List.copyOf(links);
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public CampaignData campaign() {
    return campaign;
  }

  @Override
  public List<String> links() {
    return links;
  }

  @Override
  public RenderedMessage render(Map<String, ?> variables, Links recipient) {
    try {
      String subject = parts.subject().render(variables, recipient);
      String html = parts.html() == null ? null : parts.html().render(variables, recipient);
      String text = parts.text().render(variables, recipient);
      return new RenderedMessage(
          Lines.single(subject), html, parts.derived() ? Lines.squeezed(text) : text);
    } catch (LiquidException e) {
      throw new RookeryException(CampaignErrors.RENDER_FAILED, e.getMessage(), e);
    }
  }
}
