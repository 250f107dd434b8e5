// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.sending.MailboxStandings;
import io.rookery.api.sending.MailboxStandings.Standing;
import io.rookery.kernel.Page;
import io.rookery.kernel.TenantContext;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.MailboxDtos.MailboxView;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shows mailboxes with how they stand, which is asked for all of a page at once. */
record MailboxViews(MailboxStandings standings) {

  MailboxView one(TenantContext context, Mailbox mailbox) {
    return MailboxView.of(mailbox, standings.of(context, List.of(mailbox.id())).get(mailbox.id()));
  }

  Listing<MailboxView> page(TenantContext context, Page<Mailbox> page) {
    Map<UUID, Standing> standing =
        standings.of(context, page.items().stream().map(Mailbox::id).toList());
    return Listing.of(page, mailbox -> MailboxView.of(mailbox, standing.get(mailbox.id())));
  }
}
