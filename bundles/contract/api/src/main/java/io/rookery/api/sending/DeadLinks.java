// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Counted links that lead nowhere any more: a single one, those of a campaign, or all of a
 * tenant's. For targets that were taken over, and for tenants whose links are abused. Takes hold at
 * once on every node. Links to unsubscribe cannot be killed. Refused to test keys. Thread-safe.
 */
@ProviderType
public interface DeadLinks {

  /**
   * Kills links; killing again changes nothing and returns what was. What the operator killed only
   * the operator revives. Leaves the event {@code link.killed}.
   *
   * @param reason a sentence of at most 200 characters, or null
   * @throws io.rookery.kernel.RookeryException {@code not_found} where there is no such campaign,
   *     {@code validation_failed} where the number or the reason is none
   */
  DeadLink kill(TenantContext context, Target target, String reason);

  /**
   * Returns what link an address stands for, as it was in a mail.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where it is none of the tenant's
   */
  Target targetOf(TenantContext context, String address);

  /**
   * Has links lead on again. Leaves the event {@code link.revived}.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where nothing is killed under the
   *     id, {@code forbidden} where the operator killed them and another asks
   */
  void revive(TenantContext context, UUID id);

  /** Returns what is killed, the newest first. */
  List<DeadLink> list(TenantContext context);

  /**
   * Which links.
   *
   * @param campaignId null for all of the tenant's
   * @param number counts a campaign's links from 0 in their order; null for all of the campaign's
   */
  record Target(UUID campaignId, Integer number) {

    /** All links of the tenant. */
    public static final Target ALL = new Target(null, null);

    /** A number counts within a campaign. */
    public Target {
      if (campaignId == null && number != null) {
        throw new IllegalArgumentException("A link's number needs its campaign");
      }
    }
  }

  /** Links that were killed, and by whom. */
  record DeadLink(UUID id, Target target, String reason, boolean byOperator, Instant killedAt) {}
}
