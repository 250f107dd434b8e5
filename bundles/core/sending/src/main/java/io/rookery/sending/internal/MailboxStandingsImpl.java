// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.sending.MailboxStandings;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.store.StandingStore;
import io.rookery.sending.internal.store.StandingStore.Standings;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells how mailboxes stand. */
@Component(
    service = MailboxStandings.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class MailboxStandingsImpl implements MailboxStandings {

  private final Transactions transactions;
  private final Clock clock;
  private final StandingStore store = new StandingStore();

  /** Makes the service. */
  @Activate
  public MailboxStandingsImpl(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  MailboxStandingsImpl(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public Map<UUID, Standing> of(TenantContext context, Collection<UUID> mailboxIds) {
    return mailboxIds.isEmpty()
        ? Map.of()
        : transactions.call(context, tx -> store.of(tx, mailboxIds, clock.instant())).stream()
            .collect(Collectors.toMap(Standings::mailboxId, Standings::standing));
  }
}
