// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.api.sending.SendingQueue;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.rates.RateQueries;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells what waits to be sent. */
@Component(
    service = SendingQueue.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class SendingQueueImpl implements SendingQueue {

  private static final UUID FIRST = new UUID(0, 0);

  private final Transactions transactions;
  private final Clock clock;
  private final QueueStore store = new QueueStore();
  private final RateQueries rates = new RateQueries();

  /** Makes the service. */
  @Activate
  public SendingQueueImpl(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  SendingQueueImpl(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public Page<Lane> lanes(TenantContext context, PageRequest page) {
    UUID beyond = page.beyond(FIRST);
    Instant now = clock.instant();
    List<Lane> found = transactions.call(context, tx -> lanes(tx, beyond, now, page.limit() + 1));
    return Page.byId(found, page, Lane::mailboxId);
  }

  private List<Lane> lanes(Tx tx, UUID beyond, Instant now, int limit) throws SQLException {
    List<Lane> lanes = store.lanes(tx, beyond, now, limit);
    Map<UUID, Long> accepted = rates.acceptedLastMinute(tx, now);
    return lanes.stream()
        .map(
            lane ->
                new Lane(
                    lane.mailboxId(),
                    lane.waiting(),
                    lane.nextDueAt(),
                    lane.owner(),
                    lane.heldBack(),
                    lane.inFlight(),
                    accepted.getOrDefault(lane.mailboxId(), 0L)))
        .toList();
  }

  @Override
  public Totals totals(TenantContext context) {
    return transactions.call(context, store::totals);
  }
}
