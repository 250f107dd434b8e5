// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.contacts.ContactListService.ContactList;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.tenancy.Tenant;
import io.rookery.campaigns.internal.content.ContentSource;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.mail.Capability;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What the gate looks at, read once for all checks.
 *
 * @param source the content that would be sent, or null where there is no template
 * @param senders the campaign's mailboxes that exist
 * @param lists the campaign's lists that exist
 */
public record GateSubject(
    TenantContext context,
    Campaign campaign,
    Tenant tenant,
    ContentSource source,
    List<Sender> senders,
    List<ContactList> lists) {

  /** A mailbox and its backend, which is null where none is installed. */
  public record Sender(Mailbox mailbox, Backend backend) {

    boolean can(Capability capability) {
      return backend != null && backend.capabilities().contains(capability);
    }

    /** Returns the domain of the mailbox's address, or null where it is no address. */
    String domain() {
      return EmailAddresses.wire(mailbox.address()).map(EmailAddresses::domainOf).orElse(null);
    }
  }

  boolean commercial() {
    return campaign.data().category() != Category.TRANSACTIONAL;
  }

  /** Returns whether no mail of this campaign can leave the platform. */
  boolean sandboxed() {
    return !senders.isEmpty()
        && senders.stream().allMatch(sender -> sender.can(Capability.CATCHES_MAIL));
  }

  /** Returns the domains that mail would leave from. */
  Set<String> domains() {
    Set<String> domains = new TreeSet<>();
    for (Sender sender : senders) {
      if (sender.domain() != null) {
        domains.add(sender.domain());
      }
    }
    return domains;
  }

  boolean lacksMailbox(UUID id) {
    return senders.stream().noneMatch(sender -> sender.mailbox().id().equals(id));
  }
}
