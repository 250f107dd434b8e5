// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.api.sending.MailboxStandings.Standing;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;

/** What is said of mailboxes' limits: how they rise, and what is left of them. */
public final class RampDtos {

  private RampDtos() {}

  /** How the limit of a mailbox rises. */
  @Schema(name = "Ramp")
  public record RampView(String plan, int from, int to, int days, Instant startedAt) {

    static RampView of(Mailbox m) {
      Ramp ramp = m.ramp();
      return ramp == null
          ? null
          : new RampView(ramp.plan(), ramp.from(), ramp.to(), ramp.days(), m.rampStartedAt());
    }
  }

  /** How the limit of a mailbox is to rise: a plan by its name, or numbers of one's own. */
  public record RampRequest(
      @Schema(allowableValues = {"standard", "fast", "slow", "none"}) String plan,
      @Schema(minimum = "1", maximum = "1000000") Integer from,
      @Schema(minimum = "1", maximum = "1000000") Integer to,
      @Schema(minimum = "2", maximum = "365") Integer days) {

    /** Returns the ramp, or empty for none. */
    Optional<Ramp> toRamp() {
      boolean numbers = from != null || to != null || days != null;
      if (plan != null) {
        return plan(numbers);
      }
      new Checks().given("/ramp/from", from).given("/ramp/to", to).given("/ramp/days", days).done();
      try {
        return Optional.of(new Ramp(from, to, days));
      } catch (IllegalArgumentException e) {
        throw RookeryException.invalid("/ramp", e.getMessage());
      }
    }

    private Optional<Ramp> plan(boolean numbers) {
      new Checks().that(!numbers, "/ramp/plan", "Give a plan or numbers, not both").done();
      if (plan.equals("none")) {
        return Optional.empty();
      }
      Optional<Ramp> ramp = Ramp.parse(plan);
      if (ramp.isEmpty() || !plan.equals(ramp.get().plan())) {
        throw RookeryException.invalid("/ramp/plan", "Plans are standard, fast, slow and none");
      }
      return ramp;
    }
  }

  /**
   * How a mailbox stands now.
   *
   * @param limit how many messages it may send in 24 hours, its ramp counted in
   * @param rampDay the day of its ramp, from 1, or null where none holds
   * @param sent how many it sent in the last 24 hours
   * @param room how many more it may send now
   * @param waiting how many it holds of the coming day
   * @param health from 0.1 to 1; the lower, the fewer new contacts it gets
   * @param heldBy what pauses it: mailbox, domain or tenant; else null
   */
  @Schema(name = "MailboxStanding")
  public record StandingView(
      int limit,
      Integer rampDay,
      long sent,
      long room,
      long waiting,
      double health,
      String heldBy) {

    static StandingView of(Standing s) {
      return s == null
          ? null
          : new StandingView(
              s.limit(),
              s.rampDay(),
              s.sent(),
              s.room(),
              s.waiting(),
              Math.round(s.health() * 1000) / 1000.0,
              s.heldBy());
    }
  }
}
