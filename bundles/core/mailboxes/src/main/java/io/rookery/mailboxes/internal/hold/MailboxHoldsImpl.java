// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.hold;

import io.rookery.api.mailboxes.MailboxHolds;
import io.rookery.api.secrets.CredentialTopics;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps holds in a table that the line reads with every claim. A hold counts from when the nodes
 * were told, which is noted last: whoever dies in between has them told again.
 */
@Component(
    service = MailboxHolds.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class MailboxHoldsImpl implements MailboxHolds {

  private final Transactions transactions;
  private final Epochs epochs;
  private final Clock clock;
  private final HoldStore store = new HoldStore();

  /** Makes the service. */
  @Activate
  public MailboxHoldsImpl(@Reference Transactions transactions, @Reference Epochs epochs) {
    this(transactions, epochs, Clock.systemUTC());
  }

  /** Makes the service with a clock. */
  public MailboxHoldsImpl(Transactions transactions, Epochs epochs, Clock clock) {
    this.transactions = transactions;
    this.epochs = epochs;
    this.clock = clock;
  }

  @Override
  public Duration hold(TenantContext context, UUID mailboxId, UUID holder, Duration time) {
    Instant now = clock.instant();
    Instant told =
        transactions.call(context, tx -> store.write(tx, mailboxId, holder, now, now.plus(time)));
    if (told != null) {
      return Duration.between(told, now);
    }
    epochs.raise(context.tenantId(), CredentialTopics.mailbox(mailboxId));
    Instant from = clock.instant();
    transactions.call(
        context,
        tx -> {
          store.told(tx, mailboxId, holder, from);
          return null;
        });
    return Duration.ZERO;
  }

  @Override
  public void release(TenantContext context, UUID mailboxId, UUID holder) {
    transactions.call(
        context,
        tx -> {
          store.delete(tx, mailboxId, holder);
          return null;
        });
  }
}
