// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.sending.MailboxStandings.Standing;
import io.rookery.shell.internal.View;
import java.util.function.Function;

/** How the shell shows a mailbox with how it stands. */
final class StandingView {

  /** A mailbox and how it stands; the latter is null where it was removed just now. */
  record Shown(Mailbox mailbox, Standing standing) {

    private <T> T standing(Function<Standing, T> part) {
      return standing == null ? null : part.apply(standing);
    }
  }

  static final View<Shown> FIELDS =
      MailboxView.FIELDS
          .of(Shown::mailbox)
          .column("limit_now", it -> it.standing(Standing::limit))
          .column("ramp_day", it -> it.standing(Standing::rampDay))
          .column("sent", it -> it.standing(Standing::sent))
          .column("room", it -> it.standing(Standing::room))
          .column("waiting", it -> it.standing(Standing::waiting))
          .column("health", it -> it.standing(s -> Math.round(s.health() * 1000) / 1000.0))
          .column("held_by", it -> it.standing(Standing::heldBy));

  private StandingView() {}
}
