// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.Campaign.State;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.campaigns.internal.store.CampaignStore;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Moves a campaign from state to state, under its row lock, and leaves an event of each move. */
final class Transitions {

  static final Move PAUSE = new Move(Set.of(State.RUNNING), State.PAUSED, "campaign.paused");
  static final Move RESUME = new Move(Set.of(State.PAUSED), State.RUNNING, "campaign.resumed");
  static final Move COMPLETE =
      new Move(Set.of(State.RUNNING), State.COMPLETED, "campaign.completed");
  static final Move CANCEL =
      new Move(
          Set.of(State.DRAFT, State.SCHEDULED, State.RUNNING, State.PAUSED),
          State.CANCELLED,
          "campaign.cancelled");
  static final Move SCHEDULE = new Move(Set.of(State.DRAFT), State.SCHEDULED, "campaign.scheduled");
  static final Move START =
      new Move(Set.of(State.DRAFT, State.SCHEDULED), State.RUNNING, "campaign.started");
  static final Move REFUSE =
      new Move(Set.of(State.SCHEDULED), State.DRAFT, "campaign.start_refused");

  private final EventLog events;
  private final Clock clock;
  private final CampaignStore store = new CampaignStore();

  /** A move: where from, where to, and the event that tells of it. */
  record Move(Set<State> from, State to, String event) {}

  Transitions(EventLog events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  Campaign lock(Tx tx, UUID id) throws SQLException {
    return store.lock(tx, id).orElseThrow(() -> RookeryException.notFound("campaign"));
  }

  /** Moves a campaign; one that is there already stays as it is. */
  Campaign move(Tx tx, UUID id, Move move) throws SQLException {
    Campaign campaign = lock(tx, id);
    return campaign.state() == move.to()
        ? campaign
        : move(tx, campaign, move, campaign.contentId());
  }

  /** Moves a campaign that the caller has locked. */
  Campaign move(Tx tx, Campaign campaign, Move move, UUID contentId) throws SQLException {
    if (!move.from().contains(campaign.state())) {
      throw wrongState(campaign);
    }
    Instant now = Moments.now(clock);
    boolean started = move.to() == State.RUNNING && campaign.startedAt() == null;
    boolean finished = move.to() == State.COMPLETED || move.to() == State.CANCELLED;
    Campaign moved =
        new Campaign(
            campaign.id(),
            campaign.data(),
            move.to(),
            campaign.mode(),
            contentId,
            campaign.createdAt(),
            started ? now : campaign.startedAt(),
            finished ? now : campaign.finishedAt(),
            campaign.version() + 1);
    store.update(tx, moved);
    append(tx, moved, move.event());
    return moved;
  }

  static RookeryException wrongState(Campaign campaign) {
    return new RookeryException(
        CommonErrors.WRONG_STATE,
        "The campaign is " + word(campaign.state()) + "; that cannot be done now");
  }

  /** Adds a draft. */
  void create(Tx tx, Campaign campaign) throws SQLException {
    store.insert(tx, campaign);
    append(tx, campaign, "campaign.created");
  }

  /** Writes other data, and another content where it is fixed already. */
  Campaign change(Tx tx, Campaign campaign, CampaignData data, UUID contentId) throws SQLException {
    Campaign changed =
        new Campaign(
            campaign.id(),
            data,
            campaign.state(),
            campaign.mode(),
            contentId,
            campaign.createdAt(),
            null,
            null,
            campaign.version() + 1);
    store.update(tx, changed);
    append(tx, changed, "campaign.updated");
    return changed;
  }

  /** Removes a draft. */
  void delete(Tx tx, UUID id) throws SQLException {
    Campaign campaign = lock(tx, id);
    if (campaign.state() != State.DRAFT) {
      throw wrongState(campaign);
    }
    store.delete(tx, id);
    long version = campaign.version() + 1;
    events.append(tx, new NewEvent("campaign.deleted", id, version, Moments.now(clock), Map.of()));
  }

  private void append(Tx tx, Campaign campaign, String type) {
    Map<String, Object> data = new HashMap<>();
    data.put("category", word(campaign.data().category()));
    data.put("mode", word(campaign.mode()));
    if (campaign.contentId() != null) {
      data.put("content_id", campaign.contentId());
    }
    events.append(
        tx, new NewEvent(type, campaign.id(), campaign.version(), Moments.now(clock), data));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
