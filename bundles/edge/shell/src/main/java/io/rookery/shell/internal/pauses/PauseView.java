// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.pauses;

import io.rookery.api.mailboxes.SendingPauses.Pause;
import io.rookery.shell.internal.View;

/** How the shell shows a pause of a tenant or of a domain. */
final class PauseView {

  static final View<Pause> FIELDS =
      View.<Pause>empty()
          .column("id", Pause::id)
          .column("scope", Pause::scope)
          .column("domain", Pause::domain)
          .column("cause", Pause::cause)
          .column("reason", Pause::reason)
          .column("paused_at", Pause::pausedAt)
          .column("until", Pause::until);

  private PauseView() {}
}
