// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantPermissions.Permission;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.single.Barriers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What must hold for messages of no campaign at each claim, as it held when they were taken: that
 * their recipients may be written to, that transactional mail is permitted, that test mail is
 * caught. Asks nothing where a block holds none of them. Thread-safe.
 */
public final class SingleGate {

  private final TenantPermissions permissions;
  private final SuppressionService suppressions;

  /** Makes a gate that asks the areas to the left. */
  public SingleGate(TenantPermissions permissions, SuppressionService suppressions) {
    this.permissions = permissions;
    this.suppressions = suppressions;
  }

  /** Messages that do not go out, by why. */
  record Kept(List<UUID> barred, List<UUID> notPermitted, List<UUID> notCaught) {

    /** Nothing is kept back. */
    static final Kept NOTHING = new Kept(List.of(), List.of(), List.of());

    boolean holds(UUID id) {
      return barred.contains(id) || notPermitted.contains(id) || notCaught.contains(id);
    }
  }

  /** Returns which of some claimed messages do not go out by a backend that catches mail or not. */
  Kept keep(Tx tx, List<ClaimedMessage> claimed, boolean catching) {
    List<ClaimedMessage> singles = claimed.stream().filter(ClaimedMessage::single).toList();
    if (singles.isEmpty()) {
      return Kept.NOTHING;
    }
    boolean any = singles.stream().anyMatch(ClaimedMessage::transactional);
    boolean permitted = any && permissions.holds(tx, Permission.TRANSACTIONAL_MAIL);
    Map<String, Barrier> barriers =
        suppressions.barriers(tx, singles.stream().map(ClaimedMessage::to).toList());
    Kept kept = new Kept(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (ClaimedMessage message : singles) {
      if (message.test() && !catching) {
        kept.notCaught().add(message.id());
      } else if (message.transactional() && !permitted) {
        kept.notPermitted().add(message.id());
      } else if (Barriers.forbid(message.transactional(), barriers.get(message.to()))) {
        kept.barred().add(message.id());
      }
    }
    return kept;
  }
}
