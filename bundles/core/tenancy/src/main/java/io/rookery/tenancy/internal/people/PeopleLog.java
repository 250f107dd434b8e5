// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.store.Sessions.Ended;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells tenants' logs what happened outside any tenant: ids and words, no address. */
final class PeopleLog {

  private final Transactions transactions;
  private final EventLog log;
  private final Clock clock;

  PeopleLog(Transactions transactions, EventLog log, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.clock = clock;
  }

  /** Returns the context of a person who is not signed in yet. */
  static TenantContext context(UUID tenantId, UUID userId, Origin origin) {
    Actor actor = new Actor(Actor.Kind.USER, userId.toString());
    return context(tenantId, actor, origin);
  }

  /** Returns the context of somebody who did not say who they are. */
  static TenantContext anonymous(UUID tenantId, Origin origin) {
    Actor actor = new Actor(Actor.Kind.PUBLIC, "sign-in");
    return context(tenantId, actor, origin);
  }

  private static TenantContext context(UUID tenantId, Actor actor, Origin origin) {
    return new TenantContext(
        tenantId, actor, origin.requestId(), null, Mode.LIVE, origin.address());
  }

  /** Makes an event of now. */
  NewEvent event(String type, UUID subject, Map<String, ?> data) {
    return NewEvent.of(type, subject, clock.instant(), data);
  }

  /** Appends events in a transaction of their own. */
  void append(TenantContext context, List<NewEvent> events) {
    transactions.call(
        context.withoutIdempotencyKey(),
        tx -> {
          log.append(tx, events);
          return null;
        });
  }

  /** Appends the ends of sessions, each to the log of its own tenant. */
  void ended(Function<UUID, TenantContext> contexts, List<Ended> sessions) {
    sessions.stream()
        .collect(Collectors.groupingBy(Ended::tenantId))
        .forEach(
            (tenant, ended) -> {
              List<NewEvent> events = new ArrayList<>();
              ended.forEach(session -> events.add(end(session)));
              append(contexts.apply(tenant), events);
            });
  }

  private NewEvent end(Ended session) {
    return event(
        "session.ended",
        session.id(),
        Map.of("user_id", session.userId(), "reason", session.reason().wire()));
  }
}
