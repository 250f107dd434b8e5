// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.throttle.Allowance;
import io.rookery.sending.internal.throttle.Deferral;
import io.rookery.sending.internal.throttle.LanePace;
import io.rookery.sending.internal.throttle.PaceRow;
import io.rookery.sending.internal.throttle.RecipientDomain;
import io.rookery.sending.internal.throttle.ServerOf;
import io.rookery.sending.internal.throttle.Sorted;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.RecipientOutcome;
import io.rookery.spi.mail.Reply;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one turn of a lane to what receivers asked for and to what recipient domains may get: sorts
 * each claim into what may go, what goes in a moment and what is put off in the database.
 * Thread-safe.
 */
final class Pacer {

  private static final Logger LOG = LoggerFactory.getLogger(Pacer.class);
  private static final Duration KEEP = Duration.ofSeconds(5);

  /** So many messages are taken forward at a time. */
  private static final int MOST_PULLED = 500;

  private final LaneParts parts;
  private final TenantContext context;
  private final LaneKey lane;
  private final boolean listens;
  private final boolean onTrial;
  private final LanePace pace;
  private final Allowance allowance;
  private long keptAt = System.nanoTime();

  private Pacer(
      LaneParts parts,
      TenantContext context,
      LaneKey lane,
      Listening listening,
      LanePace pace,
      Allowance allowance) {
    this.parts = parts;
    this.context = context;
    this.lane = lane;
    this.listens = listening.listens();
    this.onTrial = listening.onTrial();
    this.pace = pace;
    this.allowance = allowance;
  }

  /**
   * To whom a turn listens.
   *
   * @param listens whether the backend shows what receivers reply
   * @param onTrial whether it is a version that tenants are being moved to
   */
  private record Listening(boolean listens, boolean onTrial) {}

  /** Begins a turn with what is kept of the lane's pace. */
  static Pacer begin(
      LaneParts parts,
      TenantContext context,
      LaneKey lane,
      Failover.Route route,
      List<PaceRow> kept) {
    Pacing pacing = parts.pacing();
    BackendHandle backend = route.backend();
    Set<Capability> capabilities = backend.backend().capabilities();
    return new Pacer(
        parts,
        context,
        lane,
        new Listening(
            capabilities.contains(Capability.SHOWS_DEFERRALS),
            parts.neighbours().versions().onTrial(backend.name(), backend.version())),
        pacing.paces().begin(lane.laneId(), kept),
        new Allowance(
            pacing.budgets(),
            ServerOf.account(backend.name(), route.account()),
            pacing.settings().capsOf(capabilities)));
  }

  /** Returns whether the lane's messages are handed out one by one, as each has its time. */
  boolean paced() {
    return pace.limited() && pace.nextAt() > 0;
  }

  /** Returns a number that changes where what was sorted has to be sorted anew. */
  int version() {
    return pace.version();
  }

  /** Returns when the lane's next message may go; the past for now. */
  Instant nextAt() {
    return Instant.ofEpochMilli(pace.nextAt());
  }

  /** Notes that the lane waits for its pace. */
  void waits() {
    if (pace.limited()) {
      pace.waitedFor();
    }
  }

  /** Notes that a message that was placed has to wait for its time. */
  void waits(ClaimedMessage message) {
    pace.waitedFor(message);
  }

  /** Notes that a message is handed out. */
  void gone() {
    if (pace.limited()) {
      pace.gone();
    }
  }

  /** Takes what became of a message that was given away some time ago. */
  void told(RecipientOutcome outcome, Duration age) {
    if (listens && !(onTrial && unclear(outcome))) {
      pace.told(outcome, age.toMillis());
    }
  }

  /** What is no receiver's clear word may be the fault of a version that has yet to show itself. */
  private boolean unclear(RecipientOutcome outcome) {
    return outcome.status() == Outcome.Status.DEFERRED
        && parts.pacing().paces().rules().read(outcome.reply()).scope() == Deferral.Scope.UNCLEAR;
  }

  /** Takes what the server said to the account as a whole. */
  void refused(Reply reply) {
    if (listens) {
      pace.refusedWhole(reply);
    }
  }

  /** Spends the place of a message in its domain's budget; returns whether there is one. */
  boolean spend(ClaimedMessage message) {
    return allowance.free() || allowance.spend(RecipientDomain.of(message.to()));
  }

  /**
   * Gives each message of a claim its place, and puts off in the database what has none; never in a
   * transaction.
   */
  Sorted sort(List<ClaimedMessage> claimed) {
    if (!pace.limited() && allowance.free()) {
      return new Sorted(claimed, List.of(), List.of());
    }
    List<Sorted.Moved> over = new ArrayList<>();
    List<ClaimedMessage> within = withinBudgets(claimed, over);
    Sorted sorted = pace.sort(within);
    over.addAll(sorted.moved());
    if (!over.isEmpty()) {
      parts
          .transactions()
          .call(
              context,
              tx -> {
                parts.pacing().store().move(tx, over);
                return null;
              });
      parts.pacing().moved().addAndGet(over.size());
    }
    return new Sorted(sorted.free(), sorted.placed(), over);
  }

  private List<ClaimedMessage> withinBudgets(
      List<ClaimedMessage> claimed, List<Sorted.Moved> over) {
    Map<String, Integer> wanted = new HashMap<>();
    for (ClaimedMessage message : claimed) {
      String domain = RecipientDomain.of(message.to());
      if (allowance.cap(domain) > 0) {
        wanted.merge(domain, 1, Integer::sum);
      }
    }
    if (wanted.isEmpty()) {
      return claimed;
    }
    // No more than what the domain's pace lets go soon: the rest is put off by that.
    wanted.replaceAll((domain, count) -> Math.min(count, pace.placesWithinHorizon(domain)));
    Map<String, Integer> left = new HashMap<>(allowance.reserve(wanted));
    wanted.keySet().removeIf(domain -> left.getOrDefault(domain, 0) >= wanted.get(domain));
    List<ClaimedMessage> within = new ArrayList<>(claimed.size());
    for (ClaimedMessage message : claimed) {
      String domain = RecipientDomain.of(message.to());
      if (!wanted.containsKey(domain) || left.merge(domain, -1, Integer::sum) >= 0) {
        within.add(message);
      } else {
        over.add(pace.over(message, allowance.cap(domain), allowance.nextMinute()));
      }
    }
    return within;
  }

  /**
   * Takes messages forward for whose domains there are places by now; never in a transaction.
   *
   * @return whether there were any
   */
  boolean pull() {
    if (!pace.limited()) {
      return false;
    }
    Map<String, Integer> places = pace.places();
    // What waits for a minute's budget comes by itself when that begins.
    places.keySet().removeIf(domain -> allowance.cap(domain) > 0);
    if (places.isEmpty()) {
      return false;
    }
    Instant now = parts.clock().instant();
    return parts.transactions().call(context, tx -> pull(tx, places, now)) > 0;
  }

  private int pull(Tx tx, Map<String, Integer> places, Instant now) throws SQLException {
    int all = 0;
    for (Map.Entry<String, Integer> place : places.entrySet()) {
      int wanted = Math.min(MOST_PULLED, place.getValue());
      int came = parts.pacing().store().pull(tx, lane.laneId(), place.getKey(), wanted, now);
      pace.pulled(place.getKey(), wanted, came);
      all += came;
    }
    return all;
  }

  /** Gives back the places of messages that were not handed out. */
  void giveBack(List<Sorted.Placed> unused) {
    pace.giveBack(unused);
    allowance.giveBack();
  }

  /** Keeps what has changed, now and then; for a thread that is in no transaction. */
  void keepSoon() {
    if (System.nanoTime() - keptAt > KEEP.toNanos()) {
      keptAt = System.nanoTime();
      try {
        parts
            .transactions()
            .call(
                context,
                tx -> {
                  keep(tx);
                  return null;
                });
      } catch (RookeryException e) {
        LOG.debug("The pace of lane {} is kept later: {}", lane.laneId(), e.toString());
      }
    }
  }

  /** Keeps what has changed. */
  synchronized void keep(Tx tx) throws SQLException {
    PaceRow.Changes changes = pace.takeChanges();
    if (changes.none()) {
      return;
    }
    try {
      parts.pacing().store().save(tx, lane.laneId(), changes, parts.clock().instant());
    } catch (SQLException e) {
      pace.changedStill(changes);
      throw e;
    }
  }

  /** Gives back what the turn leaves unused. */
  void end() {
    allowance.giveBack();
  }

  /** Returns how many rates are limited now. */
  int limits() {
    return pace.limits();
  }
}
