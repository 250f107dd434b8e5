// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.kernel.TenantContext;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** How mailboxes stand: what they may send now, what they have sent, and how it was received. */
@ProviderType
public interface MailboxStandings {

  /**
   * How a mailbox stands.
   *
   * @param limit how many messages it may send in 24 hours now, its ramp counted in
   * @param rampDay the day of its ramp, from 1, or null where none holds
   * @param sent how many it sent in the last 24 hours, those in doubt counted in
   * @param waiting how many messages of the coming day it holds
   * @param health from 0.1 to 1: by what share its new contacts are fewer than its room allows, for
   *     bounces and complaints of the last seven days; 1 where nothing is known
   * @param heldBy what pauses it: {@code mailbox}, {@code domain} or {@code tenant}; else null
   */
  record Standing(
      int limit, Integer rampDay, long sent, long waiting, double health, String heldBy) {

    /** Returns how many more it may send now. */
    public long room() {
      return Math.max(0, limit - sent);
    }
  }

  /** Returns how the tenant's mailboxes of some ids stand; those that are gone are left out. */
  Map<UUID, Standing> of(TenantContext context, Collection<UUID> mailboxIds);
}
