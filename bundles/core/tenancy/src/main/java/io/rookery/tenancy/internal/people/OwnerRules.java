// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Role;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.tenancy.internal.people.store.Memberships.Membership;
import java.util.List;

/**
 * Who may change whom, and that an owner stays.
 *
 * @param context who wants to
 * @param owners the tenant's owners, whose rows are locked
 */
record OwnerRules(TenantContext context, List<Membership> owners) {

  /** It takes an owner, or the operator, to change an owner or to make one. */
  void requireRight(Membership member, Role wanted) {
    if (member.role() == Role.OWNER) {
      requireRight(Role.OWNER);
    }
    requireRight(wanted);
  }

  /** It takes an owner, or the operator, to make somebody new an owner. */
  void requireRight(Role wanted) {
    if (wanted == Role.OWNER && !standsForOwner()) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only an owner decides about owners");
    }
  }

  /** Keys have scopes and no role, so none of them is an owner. */
  private boolean standsForOwner() {
    Actor actor = context.actor();
    return switch (actor.kind()) {
      case OPERATOR, SYSTEM -> true;
      case USER -> owners.stream().anyMatch(owner -> is(owner, actor));
      case API_KEY, PUBLIC -> false;
    };
  }

  /** Refuses to leave a tenant without an owner. */
  void requireAnotherOwner(Membership member) {
    if (member.role() == Role.OWNER
        && owners.stream().allMatch(owner -> owner.id().equals(member.id()))) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "A tenant keeps an owner; make somebody else one before");
    }
  }

  /** Refuses to let a person remove themself. */
  void requireSomebodyElse(Membership member) {
    if (is(member, context.actor())) {
      throw new RookeryException(CommonErrors.WRONG_STATE, "Nobody removes themself");
    }
  }

  private static boolean is(Membership member, Actor actor) {
    return actor.kind() == Actor.Kind.USER && member.userId().toString().equals(actor.id());
  }
}
