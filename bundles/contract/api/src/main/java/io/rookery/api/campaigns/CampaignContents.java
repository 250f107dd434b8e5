// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.campaigns;

import io.rookery.kernel.TenantContext;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** The fixed content of campaigns that were started. Contents are cached; thread-safe. */
@ProviderType
public interface CampaignContents {

  /** Returns a content of the tenant, compiled, or empty where there is none. */
  Optional<CampaignContent> find(TenantContext context, UUID contentId);

  /**
   * Returns the content of a campaign as it would be fixed now, for a test send before its start.
   */
  CampaignContent draft(TenantContext context, UUID campaignId);
}
