// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.campaigns.internal.content.Lines;

/** The addresses and names of the sender can stand in a header. */
final class FromCheck implements GateCheck {

  @Override
  public void check(GateSubject subject, Findings findings) {
    CampaignData data = subject.campaign().data();
    for (GateSubject.Sender sender : subject.senders()) {
      if (sender.domain() == null || breaks(sender.mailbox().displayName())) {
        findings.add(
            "from_invalid", "Mend the address or name of mailbox %s", sender.mailbox().address());
      }
    }
    if (breaks(data.fromName())) {
      findings.add("from_invalid", "from_name must be one line");
    }
    if (data.replyTo() != null && EmailAddresses.wire(data.replyTo()).isEmpty()) {
      findings.add("reply_to_invalid", "reply_to must be an e-mail address");
    }
  }

  private static boolean breaks(String name) {
    return name != null && Lines.breaks(name);
  }
}
