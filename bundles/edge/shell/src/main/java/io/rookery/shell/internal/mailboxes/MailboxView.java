// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.shell.internal.View;

/** How the shell shows a mailbox. */
final class MailboxView {

  static final View<Mailbox> FIELDS =
      View.<Mailbox>empty()
          .column("id", Mailbox::id)
          .detail("workspace_id", Mailbox::workspaceId)
          .column("address", Mailbox::address)
          .detail("display_name", Mailbox::displayName)
          .column("backend", Mailbox::backend)
          .detail("settings", Mailbox::settings)
          .detail("secret_settings", it -> it.secretSettings().stream().sorted().toList())
          .column("daily_limit", Mailbox::dailyLimit)
          .detail("minimum_gap_ms", Mailbox::minimumGapMillis)
          .detail("when_in_doubt", Mailbox::whenInDoubt)
          .detail("ramp", MailboxView::ramp)
          .detail("ramp_started_at", Mailbox::rampStartedAt)
          .column("paused_reason", Mailbox::pausedReason)
          .detail("paused_by", Mailbox::pausedBy)
          .detail("paused_until", Mailbox::pausedUntil)
          .detail("created_at", Mailbox::createdAt)
          .detail("version", Mailbox::version);

  private MailboxView() {}

  private static String ramp(Mailbox mailbox) {
    Ramp ramp = mailbox.ramp();
    if (ramp == null) {
      return null;
    }
    String numbers = ramp.from() + "-" + ramp.to() + "/" + ramp.days();
    return ramp.plan() == null ? numbers : ramp.plan() + " (" + numbers + ")";
  }
}
