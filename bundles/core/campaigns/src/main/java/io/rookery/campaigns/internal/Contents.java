// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.TemplateService.Template;
import io.rookery.campaigns.internal.content.CompiledContent;
import io.rookery.campaigns.internal.content.ContentCompiler;
import io.rookery.campaigns.internal.content.ContentSource;
import io.rookery.campaigns.internal.liquid.LiquidException;
import io.rookery.campaigns.internal.store.CampaignStore;
import io.rookery.campaigns.internal.store.ContentStore;
import io.rookery.campaigns.internal.store.ContentStore.Fixed;
import io.rookery.campaigns.internal.store.TemplateStore;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Finds what a campaign would send, and fixes it. */
final class Contents {

  private final Clock clock;
  private final ContentCompiler compiler;
  private final CampaignStore campaigns = new CampaignStore();
  private final TemplateStore templates = new TemplateStore();
  private final ContentStore contents = new ContentStore();

  Contents(ContentCompiler compiler, Clock clock) {
    this.compiler = compiler;
    this.clock = clock;
  }

  /** A campaign and what it would send, which is null where it has no template. */
  record Sendable(Campaign campaign, ContentSource source, List<String> links) {}

  Sendable sendable(Tx tx, UUID campaignId) throws SQLException {
    Campaign campaign =
        campaigns.find(tx, campaignId).orElseThrow(() -> RookeryException.notFound("campaign"));
    if (campaign.contentId() != null) {
      Fixed fixed = contents.find(tx, campaign.contentId()).orElseThrow();
      return new Sendable(campaign, fixed.source(), fixed.links());
    }
    return new Sendable(campaign, source(tx, campaign.data()), null);
  }

  private ContentSource source(Tx tx, CampaignData campaign) throws SQLException {
    UUID id = campaign.templateId();
    Template template = id == null ? null : templates.find(tx, id).orElse(null);
    return template == null ? null : ContentSource.of(template.data());
  }

  /** Compiles what a campaign would send, under the campaign's id. */
  CompiledContent compile(Sendable sendable) {
    Campaign campaign = sendable.campaign();
    return compile(campaign.id(), campaign.data(), sendable.source(), sendable.links());
  }

  /** Compiles a fixed content. */
  CompiledContent compileFixed(Fixed fixed) {
    return compile(fixed.id(), fixed.campaign(), fixed.source(), fixed.links());
  }

  private CompiledContent compile(
      UUID id, CampaignData campaign, ContentSource source, List<String> links) {
    if (source == null) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "Give the campaign a template that exists first");
    }
    try {
      return compiler.compile(id, campaign, source, links);
    } catch (LiquidException e) {
      throw new RookeryException(CampaignErrors.RENDER_FAILED, e.getMessage(), e);
    }
  }

  /** Fixes what a campaign sends, as its template is now; returns the content's id. */
  UUID fix(Tx tx, UUID campaignId, CampaignData campaign) throws SQLException {
    ContentSource source = source(tx, campaign);
    CompiledContent compiled = compile(campaignId, campaign, source, null);
    UUID id = Uuids.next();
    Fixed fixed = new Fixed(id, campaignId, campaign, source, compiled.links());
    contents.insert(tx, fixed, clock.instant());
    return id;
  }
}
