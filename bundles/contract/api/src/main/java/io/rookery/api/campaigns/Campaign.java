// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.campaigns;

import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.UUID;

/**
 * A campaign.
 *
 * @param mode test campaigns never leave the sandbox
 * @param contentId the fixed content that is sent, or null before it has started
 * @param version rises with each change, for If-Match
 */
public record Campaign(
    UUID id,
    CampaignData data,
    State state,
    TenantContext.Mode mode,
    UUID contentId,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt,
    long version) {

  /** The states of a campaign. */
  public enum State {
    DRAFT,
    SCHEDULED,
    RUNNING,
    PAUSED,
    COMPLETED,
    CANCELLED
  }
}
