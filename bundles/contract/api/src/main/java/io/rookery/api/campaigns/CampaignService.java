// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.campaigns;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** A tenant's campaigns. Thread-safe. */
@ProviderType
public interface CampaignService {

  /** Makes a draft; at most once per idempotency key of the context. */
  Campaign create(TenantContext context, CampaignData data);

  /** Returns a campaign of the tenant. */
  Campaign get(TenantContext context, UUID id);

  /** Returns the tenant's campaigns, newest first. */
  Page<Campaign> list(TenantContext context, PageRequest page);

  /**
   * Changes a campaign that has not started; null fields stay.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} once it has started
   */
  Campaign update(TenantContext context, UUID id, CampaignData data, long expectedVersion);

  /** Removes a draft; {@code wrong_state} for any other. */
  void delete(TenantContext context, UUID id);

  /** Runs every check of the gate and returns those that fail, with what to do. */
  List<GateFinding> check(TenantContext context, UUID id);

  /**
   * Starts a campaign, or schedules it where it says when. From then on its content is fixed.
   * Leaves {@code campaign.started} or {@code campaign.scheduled}. Repeating changes nothing.
   *
   * @throws io.rookery.kernel.RookeryException {@code campaigns.gate_refused} that lists the
   *     findings
   */
  Campaign start(TenantContext context, UUID id);

  /** Pauses a running campaign: effective at the next claim. Repeating changes nothing. */
  Campaign pause(TenantContext context, UUID id);

  /** Lets a paused campaign go on. Repeating changes nothing. */
  Campaign resume(TenantContext context, UUID id);

  /** Ends a campaign for good; what is not sent is not sent any more. Repeating changes nothing. */
  Campaign cancel(TenantContext context, UUID id);

  /** Marks a running campaign as completed, once nothing of it is left to send. */
  Campaign complete(TenantContext context, UUID id);

  /** Renders the campaign for a contact, or for made-up data where the contact is null. */
  RenderedMessage preview(TenantContext context, UUID id, UUID contactId);

  /** A check of the gate that failed: its stable code and what to do. */
  record GateFinding(String code, String detail) {}
}
