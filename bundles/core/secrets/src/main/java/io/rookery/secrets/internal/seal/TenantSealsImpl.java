// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.seal;

import io.rookery.api.secrets.CredentialTopics;
import io.rookery.api.secrets.TenantSeals;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps seals as rows, which count from their commit on wherever they are asked for, and has every
 * node drop what it holds of the tenant by the epoch of its credentials.
 */
@Component(
    service = TenantSeals.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=secrets)"))
public final class TenantSealsImpl implements TenantSeals {

  private static final int LONGEST = 200;

  private final Transactions transactions;
  private final EventLog log;
  private final Epochs epochs;
  private final Clock clock;

  /** Makes the service. */
  @Activate
  public TenantSealsImpl(
      @Reference Transactions transactions, @Reference EventLog log, @Reference Epochs epochs) {
    this(transactions, log, epochs, Clock.systemUTC());
  }

  TenantSealsImpl(Transactions transactions, EventLog log, Epochs epochs, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.epochs = epochs;
    this.clock = clock;
  }

  @Override
  public Seal seal(TenantContext context, String reason) {
    if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
      throw RookeryException.invalid("/reason", "Say why, in 1 to 200 characters");
    }
    Seal wanted =
        new Seal(
            Uuids.next(),
            reason,
            name(context.actor()),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    Seal seal = transactions.callOnce(context, Seal.class, tx -> seal(tx, wanted));
    // Also where nothing changed: a node may have died here before.
    epochs.raise(context.tenantId(), CredentialTopics.ALL);
    return seal;
  }

  private Seal seal(Tx tx, Seal wanted) throws SQLException {
    if (SealRows.insert(tx, wanted)) {
      append(tx, "tenant.sealed", wanted.id());
      return wanted;
    }
    return SealRows.find(tx).orElse(wanted);
  }

  @Override
  public boolean unseal(TenantContext context) {
    Lifted lifted = transactions.callOnce(context, Lifted.class, this::lift);
    epochs.raise(context.tenantId(), CredentialTopics.ALL);
    return lifted.any();
  }

  private Lifted lift(Tx tx) throws SQLException {
    Optional<UUID> removed = SealRows.delete(tx);
    removed.ifPresent(id -> append(tx, "tenant.unsealed", id));
    return new Lifted(removed.isPresent());
  }

  private void append(Tx tx, String type, UUID id) {
    log.append(tx, NewEvent.of(type, id, clock.instant(), Map.of()));
  }

  @Override
  public Optional<Seal> find(TenantContext context) {
    return transactions.call(context, SealRows::find);
  }

  private static String name(Actor actor) {
    return actor.kind().name().toLowerCase(Locale.ROOT) + ":" + actor.id();
  }

  /** Whether there was a seal to be lifted. */
  record Lifted(boolean any) {}
}
