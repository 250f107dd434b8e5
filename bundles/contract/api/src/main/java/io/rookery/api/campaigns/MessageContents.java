// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.campaigns;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What holds for campaigns and for messages that belong to none alike: what a mailbox may send, and
 * how content is made. Commercial content always shows the sender's postal address and a link to
 * unsubscribe; where its author left them out they are put at its end. Thread-safe.
 */
@ProviderType
public interface MessageContents {

  /** Returns what keeps mail of a category from being sent from a mailbox now, with what to do. */
  List<GateFinding> check(TenantContext context, UUID mailboxId, Category category);

  /** Returns a template of the tenant, compiled, or empty where there is none. */
  Optional<Content> template(TenantContext context, UUID templateId, Category category);

  /**
   * Returns content that is sent as it is written: nothing in it is Liquid.
   *
   * @param html the HTML part, or null for plain text alone
   * @param text the plain text part, or null to derive it from the HTML
   * @throws io.rookery.kernel.RookeryException {@code campaigns.render_failed} where the HTML ends
   *     inside a tag, a comment or a style
   */
  Content literal(Written written, Category category);

  /**
   * Returns content that is written in Liquid, as templates are.
   *
   * @throws io.rookery.kernel.RookeryException {@code campaigns.render_failed} where it cannot be
   *     compiled
   */
  Content liquid(Written written, Category category);

  /** What somebody wrote; html or text may be null, not both. */
  record Written(String subject, String html, String text) {}

  /** Content that can be rendered for a recipient. Immutable; thread-safe. */
  interface Content {

    /**
     * Renders it. The values of variables are shown and never parsed.
     *
     * @throws io.rookery.kernel.RookeryException {@code campaigns.render_failed} where a bound is
     *     passed
     */
    RenderedMessage render(Map<String, ?> variables, CampaignContent.Links links);
  }
}
