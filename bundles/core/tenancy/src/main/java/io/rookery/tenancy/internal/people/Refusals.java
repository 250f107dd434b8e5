// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Uuids;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Failures.Consequence;
import io.rookery.tenancy.internal.people.store.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells the log of sign-ins that were refused. One transaction whether or not there is an account,
 * so that both take the same time: what has no account is told to the operator.
 */
final class Refusals {

  private static final Consequence NOTHING = new Consequence(false, false);

  private final PeopleLog log;
  private final OperatorTenant operator;

  Refusals(PeopleLog log, OperatorTenant operator) {
    this.log = log;
    this.operator = operator;
  }

  /** The address or the password was wrong. */
  void credentials(
      Optional<Account> account, Optional<Place> place, Consequence consequence, Origin origin) {
    Optional<UUID> user = account.map(known -> known.user().id());
    Optional<Place> told = place.or(() -> account.flatMap(known -> known.place(null)));
    refused(user, told, "wrong_credentials", consequence, origin);
  }

  /** The password was not looked at, as too many were wrong. */
  void guarded(Optional<UUID> user, Optional<Place> place, Origin origin) {
    refused(user, place, "unlock_required", NOTHING, origin);
  }

  private void refused(
      Optional<UUID> user,
      Optional<Place> place,
      String reason,
      Consequence consequence,
      Origin origin) {
    UUID tenant = place.map(Place::tenantId).orElseGet(operator::id);
    boolean known = user.isPresent();
    log.append(
        PeopleLog.anonymous(tenant, origin),
        events(
            user.orElseGet(Uuids::next),
            known ? reason : "no_account",
            known ? consequence : NOTHING));
  }

  private List<NewEvent> events(UUID user, String reason, Consequence consequence) {
    List<NewEvent> events = new ArrayList<>();
    events.add(log.event("session.refused", user, Map.of("reason", reason)));
    if (consequence.locked()) {
      events.add(log.event("user.locked", user, Map.of("scope", "source")));
    }
    if (consequence.guarded()) {
      events.add(log.event("user.locked", user, Map.of("scope", "account")));
    }
    return events;
  }

  /** The password was right, and the code was not. */
  void code(Place place, UUID user, Consequence consequence, Origin origin) {
    log.append(
        PeopleLog.anonymous(place.tenantId(), origin), events(user, "wrong_code", consequence));
  }

  /** Somebody who is signed in was asked for the password once more. */
  void password(UUID tenant, UUID user, Consequence consequence, Origin origin) {
    log.append(
        PeopleLog.context(tenant, user, origin), events(user, "wrong_password", consequence));
  }

  /** Somebody who is signed in was asked for a code. */
  void codeAgain(UUID tenant, UUID user, Consequence consequence, Origin origin) {
    log.append(PeopleLog.context(tenant, user, origin), events(user, "wrong_code", consequence));
  }

  /** Somebody signs in without the second factor, by a code for when it is lost. */
  void recovered(Place place, UUID user, Origin origin) {
    log.append(
        PeopleLog.context(place.tenantId(), user, origin),
        List.of(log.event("user.recovery_code_used", user, Map.of())));
  }
}
