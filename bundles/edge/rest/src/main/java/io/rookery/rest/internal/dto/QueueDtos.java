// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.sending.SendingQueue.Lane;
import io.rookery.api.sending.SendingQueue.Totals;
import io.rookery.api.sending.SendingRates.DomainRate;
import io.rookery.api.sending.SendingRates.MailboxRate;
import io.rookery.api.sending.SendingRates.Outcomes;
import io.rookery.api.sending.SendingRates.Point;
import io.rookery.api.sending.SendingRates.Rates;
import io.rookery.api.sending.SendingRates.Window;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is said of lanes, the queue as a whole and how fast it empties. */
public final class QueueDtos {

  private static final String COUNTED = "Counted up to 10000, which is to be read as that or more";

  private QueueDtos() {}

  /** What waits for one mailbox. */
  @Schema(name = "Lane")
  public record LaneView(
      UUID mailboxId,
      @Schema(description = COUNTED) long due,
      @Schema(description = COUNTED) long transactionalDue,
      @Schema(description = "Messages of paused campaigns. " + COUNTED) long held,
      @Schema(description = "When the message was due that was due first") Instant oldestDueAt,
      @Schema(description = "When the lane is worked on next, or was to be") Instant nextDueAt,
      @Schema(description = "The node that works on it, or null") String owner,
      @Schema(description = "Why it is not worked on now, or null") String heldBack,
      @Schema(description = "Given away without an outcome, as of a few seconds ago") int inFlight,
      long acceptedLastMinute) {

    /** Shows a lane. */
    public static LaneView of(Lane l) {
      return new LaneView(
          l.mailboxId(),
          l.waiting().due(),
          l.waiting().transactional(),
          l.waiting().held(),
          l.waiting().oldestDueAt(),
          l.nextDueAt(),
          l.owner(),
          l.heldBack(),
          l.inFlight(),
          l.acceptedLastMinute());
    }
  }

  /** A tenant's queue as a whole. */
  @Schema(name = "Queue")
  public record QueueView(
      @Schema(description = COUNTED) long due,
      @Schema(description = COUNTED) long transactionalDue,
      @Schema(description = "Messages of paused campaigns. " + COUNTED) long held,
      @Schema(description = "When the lane is or was due that is due first") Instant nextDueAt,
      @Schema(description = "The mailbox of that lane") UUID nextMailboxId,
      long lanes,
      @Schema(description = "Lanes that are not worked on now, such as for a daily limit")
          long lanesHeldBack,
      @Schema(description = COUNTED) long deadLetters,
      @Schema(description = COUNTED) long inDoubt) {

    /** Shows a queue. */
    public static QueueView of(Totals t) {
      return new QueueView(
          t.waiting().due(),
          t.waiting().transactional(),
          t.waiting().held(),
          t.waiting().oldestDueAt(),
          t.nextMailboxId(),
          t.lanes(),
          t.heldBack(),
          t.deadLetters(),
          t.inDoubt());
    }
  }

  /** How fast mail leaves, over all nodes, up to a few seconds ago. */
  @Schema(name = "SendingRates")
  public record RatesView(
      Window window,
      int seconds,
      Instant at,
      OutcomesView total,
      @Schema(description = "Those with most outcomes first") List<MailboxRateView> mailboxes,
      @Schema(description = "Recipient domains, those with most outcomes first; * is all others")
          List<DomainRateView> domains,
      @Schema(description = "How it went, the oldest first") List<PointView> points) {

    /** Shows rates. */
    public static RatesView of(Rates r) {
      Duration length = r.window().length();
      return new RatesView(
          r.window(),
          (int) length.toSeconds(),
          r.at(),
          OutcomesView.of(r.total(), length),
          r.mailboxes().stream().map(m -> MailboxRateView.of(m, length)).toList(),
          r.domains().stream().map(d -> DomainRateView.of(d, length)).toList(),
          r.points().stream().map(p -> PointView.of(p, r.window().point())).toList());
    }
  }

  /** Outcomes within a time; a message that is tried twice has two. */
  @Schema(name = "Outcomes")
  public record OutcomesView(
      long accepted,
      long deferred,
      long failed,
      long inDoubt,
      @Schema(description = "Accepted messages a second") double perSecond,
      @Schema(description = "Accepted messages a minute") double perMinute) {

    static OutcomesView of(Outcomes o, Duration time) {
      double perSecond = (double) o.accepted() / time.toSeconds();
      return new OutcomesView(
          o.accepted(),
          o.deferred(),
          o.failed(),
          o.inDoubt(),
          rounded(perSecond),
          rounded(60 * perSecond));
    }

    private static double rounded(double value) {
      return Math.round(value * 100) / 100.0;
    }
  }

  /** The outcomes of one mailbox. */
  @Schema(name = "MailboxRate")
  public record MailboxRateView(UUID mailboxId, OutcomesView outcomes) {

    static MailboxRateView of(MailboxRate m, Duration time) {
      return new MailboxRateView(m.mailboxId(), OutcomesView.of(m.outcomes(), time));
    }
  }

  /** The outcomes of messages to one recipient domain. */
  @Schema(name = "DomainRate")
  public record DomainRateView(String domain, OutcomesView outcomes) {

    static DomainRateView of(DomainRate d, Duration time) {
      return new DomainRateView(d.domain(), OutcomesView.of(d.outcomes(), time));
    }
  }

  /** The outcomes of a short time that began at a moment. */
  @Schema(name = "RatePoint")
  public record PointView(Instant at, OutcomesView outcomes) {

    static PointView of(Point p, Duration time) {
      return new PointView(p.at(), OutcomesView.of(p.outcomes(), time));
    }
  }
}
