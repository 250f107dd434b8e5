// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import java.util.List;
import java.util.UUID;

/** There are mailboxes, they are active, and their backends are installed. */
final class MailboxCheck implements GateCheck {

  @Override
  public void check(GateSubject subject, Findings findings) {
    List<UUID> wanted = subject.campaign().data().mailboxIds();
    if (wanted.isEmpty()) {
      findings.add("mailbox_missing", "Give the campaign a mailbox to send from");
    }
    for (UUID id : wanted) {
      if (subject.lacksMailbox(id)) {
        findings.add("mailbox_unknown", "There is no mailbox %s; take it off the campaign", id);
      }
    }
    for (GateSubject.Sender sender : subject.senders()) {
      String address = sender.mailbox().address();
      if (sender.mailbox().pausedReason() != null) {
        findings.add("mailbox_paused", "Mailbox %s is paused; resume it first", address);
      }
      if (sender.backend() == null) {
        String backend = sender.mailbox().backend();
        findings.add("backend_missing", "The backend %s of %s is not installed", backend, address);
      }
    }
  }
}
