// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.spi.mail.Capability;

/** The backends can do what the campaign needs of them. */
final class CapabilityCheck implements GateCheck {

  @Override
  public void check(GateSubject subject, Findings findings) {
    for (GateSubject.Sender sender : subject.senders()) {
      if (sender.backend() == null) {
        continue;
      }
      String backend = sender.mailbox().backend();
      if (!sender.can(Capability.RAW_MIME)) {
        findings.add(
            "backend_lacks_raw_mime",
            "The backend %s takes templates only, not whole messages; choose another mailbox",
            backend);
      }
      if (international(sender) && !sender.can(Capability.INTERNATIONAL_ADDRESSES)) {
        findings.add(
            "backend_lacks_international_addresses",
            "The backend %s cannot send from %s, which needs SMTPUTF8",
            backend,
            sender.mailbox().address());
      }
    }
  }

  private static boolean international(GateSubject.Sender sender) {
    String address = sender.mailbox().address();
    return EmailAddresses.wire(address).orElse("").chars().anyMatch(c -> c > 126);
  }
}
