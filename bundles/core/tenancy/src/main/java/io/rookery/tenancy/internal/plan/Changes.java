// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import io.rookery.api.plans.Subscription;
import io.rookery.api.plans.Subscription.Allowed;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.api.plans.Subscriptions;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/** Changes of a tenant's plan, each within a transaction of the tenant. */
final class Changes {

  private final Standings standings;
  private final EventLog log;

  Changes(Standings standings, EventLog log) {
    this.standings = standings;
    this.log = log;
  }

  /** Does what a tenant asks for: at once, with the next period, or not while it has too much. */
  void ask(Tx tx, String wanted, Interval interval, Instant now) throws SQLException {
    Standing standing = locked(tx);
    Optional<SubscriptionRow> present = SubscriptionRows.lock(tx);
    Plan target =
        PlanRows.find(tx.connection(), wanted)
            .filter(
                plan ->
                    plan.offered() || present.filter(it -> wanted.equals(it.plan())).isPresent())
            .orElseThrow(() -> RookeryException.invalid("/plan", "There is no such plan"));
    Interval period =
        Optional.ofNullable(interval)
            .or(() -> present.map(SubscriptionRow::interval))
            .orElse(Interval.MONTH);
    if (present.isPresent()
        && target.code().equals(present.get().plan())
        && period == present.get().interval()) {
      withdraw(tx, present.get(), now);
      return;
    }
    refuseWhileOver(tx, standing.with(target));
    boolean upgrade = present.isEmpty() || target.rank() > standing.plan().rank();
    if (upgrade) {
      begin(tx, target.code(), period, now);
    } else {
      schedule(tx, present.get(), target.code(), period, now);
    }
  }

  /** Gives the tenant a plan from a moment on. */
  void begin(Tx tx, String plan, Interval interval, Instant now) throws SQLException {
    SubscriptionRow row =
        SubscriptionRows.lock(tx)
            .map(old -> old.changed(plan, interval, now))
            .orElse(new SubscriptionRow(plan, interval, now, now, null, null, null, 1));
    SubscriptionRows.put(tx, row);
    append(tx, "subscription.changed", row, Map.of("plan", plan), now);
  }

  private void schedule(Tx tx, SubscriptionRow old, String plan, Interval interval, Instant now)
      throws SQLException {
    Instant at = Periods.endAfter(old.anchor(), old.interval(), now);
    SubscriptionRow row = old.due(plan, interval, at);
    SubscriptionRows.put(tx, row);
    append(
        tx, "subscription.change_scheduled", row, Map.of("plan", plan, "at", at.toString()), now);
  }

  private void withdraw(Tx tx, SubscriptionRow old, Instant now) throws SQLException {
    if (old.dueAt() != null) {
      SubscriptionRow row = old.due(null, null, null);
      SubscriptionRows.put(tx, row);
      append(tx, "subscription.change_withdrawn", row, Map.of("plan", old.nextPlan()), now);
    }
  }

  /**
   * Makes a change that is due, unless another node has; one whose tenant has too much by now waits
   * for the next period. Returns whether the plan was changed.
   */
  boolean apply(Tx tx, Instant now) throws SQLException {
    Standing standing = locked(tx);
    SubscriptionRow row = SubscriptionRows.lock(tx).orElse(null);
    if (row == null || !row.dueBy(now)) {
      return false;
    }
    Optional<Plan> target = PlanRows.find(tx.connection(), row.nextPlan());
    List<Excess> over = target.isEmpty() ? List.of() : over(tx, standing.with(target.get()));
    if (over.isEmpty()) {
      begin(tx, row.nextPlan(), row.nextInterval(), row.dueAt());
      return true;
    }
    Instant later = Periods.endAfter(row.anchor(), row.interval(), now);
    SubscriptionRow deferred = row.due(row.nextPlan(), row.nextInterval(), later);
    SubscriptionRows.put(tx, deferred);
    Map<String, Object> data =
        new HashMap<>(Map.of("plan", row.nextPlan(), "at", later.toString()));
    over.forEach(
        excess -> data.put(excess.entitlement().name().toLowerCase(Locale.ROOT), excess.used()));
    append(tx, "subscription.change_deferred", deferred, data, now);
    return false;
  }

  /** Nobody makes a thing that is limited while a plan is changed. */
  private Standing locked(Tx tx) throws SQLException {
    for (Entitlement entitlement : Entitlement.values()) {
      standings.lock(tx, entitlement);
    }
    return standings.of(tx);
  }

  private void refuseWhileOver(Tx tx, Standing wanted) throws SQLException {
    List<Excess> over = over(tx, wanted);
    if (!over.isEmpty()) {
      String all = over.stream().map(Excess::sentence).collect(Collectors.joining("; "));
      throw new RookeryException(
          Subscriptions.OVER_LIMITS,
          "The plan " + wanted.plan().name() + " gives less than there is: " + all);
    }
  }

  private List<Excess> over(Tx tx, Standing wanted) throws SQLException {
    List<Excess> over = new ArrayList<>();
    for (Entitlement entitlement : Entitlement.values()) {
      OptionalLong used = standings.used(tx, entitlement);
      Long limit = wanted.limit(entitlement).orElse(null);
      if (limit != null && used.isPresent() && used.getAsLong() > limit) {
        over.add(new Excess(entitlement, limit, used.getAsLong()));
      }
    }
    return over;
  }

  /** Returns how the tenant stands. */
  Subscription show(Tx tx, Instant now) throws SQLException {
    UUID tenant = tx.context().tenantId();
    Standing standing = standings.of(tx);
    SubscriptionRow row = SubscriptionRows.find(tx).orElse(null);
    List<Allowed> allowed = new ArrayList<>();
    for (Entitlement entitlement : Entitlement.values()) {
      OptionalLong used = standings.used(tx, entitlement);
      allowed.add(
          new Allowed(
              entitlement,
              standing.limit(entitlement).orElse(null),
              used.isPresent() ? used.getAsLong() : null,
              standing.overridden(entitlement)));
    }
    return row == null
        ? new Subscription(tenant, standing.plan(), null, null, null, null, null, allowed)
        : new Subscription(
            tenant,
            standing.plan(),
            row.interval(),
            row.since(),
            Periods.endAfter(row.anchor(), row.interval(), now),
            row.nextPlan(),
            row.nextInterval(),
            allowed);
  }

  private void append(Tx tx, String type, SubscriptionRow row, Map<String, ?> data, Instant now) {
    log.append(tx, new NewEvent(type, tx.context().tenantId(), row.version(), now, data));
  }

  /** Something of which there is more than a plan gives. */
  private record Excess(Entitlement entitlement, long limit, long used) {

    String sentence() {
      return "it allows %d %s and there are %d, so remove %d"
          .formatted(limit, entitlement.things(), used, used - limit);
    }
  }
}
