// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.line.ClaimedMessage.Watermark;
import io.rookery.sending.internal.store.ClaimStore;
import io.rookery.sending.internal.store.ClaimStore.Claim;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Claims messages of one lane for its turn and ends those that may not go out. What is away already
 * is left out. Thread-safe.
 */
final class LaneClaims {

  /** So many messages are ended in a transaction. */
  private static final int LARGEST = 1000;

  private final LaneRun run;
  private final Transactions transactions;
  private final Flights flights;
  private final Clock clock;
  private final ClaimStore store = new ClaimStore();
  private final Set<UUID> campaigns = ConcurrentHashMap.newKeySet();

  LaneClaims(LaneRun run, LaneParts parts) {
    this.run = run;
    this.transactions = parts.transactions();
    this.flights = parts.flights();
    this.clock = parts.clock();
  }

  /** Reads messages from the store. */
  private interface Read {
    Claim from(Tx tx, Instant moment) throws SQLException;
  }

  /** Returns the campaigns of which messages were claimed or ended. */
  Set<UUID> campaigns() {
    return Set.copyOf(campaigns);
  }

  /** Claims up to a number of messages beyond a watermark. */
  Claim next(Set<UUID> away, Watermark watermark, int limit) {
    return claim(
        away,
        watermark,
        (tx, moment) -> store.claim(tx, run.lane().laneId(), watermark, moment, limit));
  }

  /** Claims up to a number of urgent messages, wherever the lane stands. */
  Claim urgent(Set<UUID> away, int limit) {
    return claim(
        away,
        Watermark.START,
        (tx, moment) -> {
          run.lanes().takeUrgent(tx, run.lane().laneId(), moment);
          return store.claimUrgent(tx, run.lane().laneId(), moment, limit);
        });
  }

  private Claim claim(Set<UUID> away, Watermark watermark, Read read) {
    // What is in flight is noted before the rows are read: a message whose outcome is recorded in
    // between is still due in the snapshot, and must not go out a second time.
    away.addAll(flights.of(run.lane()));
    Instant moment = clock.instant();
    Claim claim =
        transactions.call(
            run.context(),
            tx -> {
              if (run.pausedNow(tx)) {
                return new Claim(List.of(), List.of(), List.of(), watermark, false);
              }
              Claim found = read.from(tx, moment);
              run.gate().bar(tx, without(found.barred(), away), moment);
              run.gate().expire(tx, without(found.expired(), away), moment);
              return passing(tx, found, away, moment);
            });
    note(claim.barred());
    note(claim.expired());
    note(claim.ready());
    return with(claim, without(claim.ready(), away));
  }

  /** What was ended may have been the last that its campaign waited for. */
  private void note(List<ClaimedMessage> messages) {
    for (ClaimedMessage message : messages) {
      if (!message.single()) {
        campaigns.add(message.campaignId());
      }
    }
  }

  /** Leaves out what does not go out; of campaigns only what is test mail or transactional can. */
  private Claim passing(Tx tx, Claim claim, Set<UUID> away, Instant moment) throws SQLException {
    List<ClaimedMessage> asked =
        claim.ready().stream()
            .filter(m -> m.single() || m.test() || m.transactional())
            .filter(m -> !away.contains(m.id()))
            .toList();
    if (asked.isEmpty()) {
      return claim;
    }
    Set<UUID> ended = run.gate().end(tx, asked, run.catchesMail(), moment);
    note(asked);
    return with(claim, without(claim.ready(), ended));
  }

  private static Claim with(Claim claim, List<ClaimedMessage> ready) {
    return new Claim(ready, claim.barred(), claim.expired(), claim.watermark(), claim.more());
  }

  private static List<ClaimedMessage> without(List<ClaimedMessage> messages, Set<UUID> ids) {
    return messages.stream().filter(message -> !ids.contains(message.id())).toList();
  }

  /** Ends what is due in the lane, as nobody can send it any more. */
  void endAll(String why) {
    for (boolean more = true; more; ) {
      Set<UUID> away = flights.of(run.lane());
      Instant moment = clock.instant();
      List<ClaimedMessage> left =
          transactions.call(
              run.context(),
              tx -> {
                Claim claim =
                    store.claim(tx, run.lane().laneId(), Watermark.START, moment, LARGEST);
                List<ClaimedMessage> all = new ArrayList<>(claim.ready());
                all.addAll(claim.barred());
                all.addAll(claim.expired());
                List<ClaimedMessage> ended = without(all, away);
                run.gate().fail(tx, ended, why, moment);
                return ended;
              });
      note(left);
      more = !left.isEmpty();
    }
  }

  /** Ends a message that cannot be sent. */
  void fail(ClaimedMessage message, String why) {
    transactions.call(
        run.context(),
        tx -> {
          run.gate().fail(tx, List.of(message), why, clock.instant());
          return null;
        });
  }
}
