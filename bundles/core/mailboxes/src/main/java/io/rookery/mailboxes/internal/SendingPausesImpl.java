// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.SendingPauses;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.mailboxes.internal.pause.PauseStore;
import io.rookery.mailboxes.internal.pause.PauseStore.Row;
import io.rookery.mailboxes.internal.pause.Pausing;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the pauses of tenants and domains. */
@Component(
    service = {SendingPauses.class, SendingPausesImpl.class},
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class SendingPausesImpl implements SendingPauses {

  private static final Logger LOG = LoggerFactory.getLogger(SendingPausesImpl.class);

  private final Transactions transactions;
  private final EventLog events;
  private final Clock clock;
  private final PauseStore store = new PauseStore();
  private final MailboxPauses mailboxes;

  /** Makes the service. */
  @Activate
  public SendingPausesImpl(@Reference Transactions transactions, @Reference EventLog events) {
    this(transactions, events, Clock.systemUTC());
  }

  SendingPausesImpl(Transactions transactions, EventLog events, Clock clock) {
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
    this.mailboxes = new MailboxPauses(events, clock);
  }

  @Override
  public List<Pause> list(TenantContext context) {
    return transactions.call(context, store::holding).stream().map(Row::toRecord).toList();
  }

  @Override
  public Pause pause(TenantContext context, Scope scope, String domain, String reason) {
    refuseTestKeys(context);
    String name = name(scope, domain);
    String why = MailboxValidation.reason(reason);
    return transactions.callOnce(
        context,
        Pause.class,
        tx -> {
          Row row = store.lock(tx, scope, name, Uuids.next());
          Pausing before = row.pausing();
          if (before.paused() && !before.cause().isAutomatic()) {
            return row.toRecord();
          }
          Row paused = row.with(before.begun(PauseCause.PERSON, why, now()));
          store.update(tx, paused, now());
          if (before.paused()) {
            mailboxes.restartRamps(tx, name, before);
          }
          events.append(tx, event(paused, "paused", Map.of()));
          return paused.toRecord();
        });
  }

  private static void refuseTestKeys(TenantContext context) {
    TestKeys.refuse(context, "A test key has no say in sending pauses, which hold live mail");
  }

  private static String name(Scope scope, String domain) {
    if (scope == Scope.TENANT) {
      if (domain != null && !domain.isBlank()) {
        throw RookeryException.invalid("/domain", "A pause of the whole tenant names no domain");
      }
      return "";
    }
    String given = domain == null ? "" : domain.strip();
    return EmailAddresses.domain(given)
        .orElseThrow(
            () ->
                RookeryException.invalid(
                    "/domain", "Name the domain to pause, such as example.com"));
  }

  @Override
  public void resume(TenantContext context, UUID id) {
    refuseTestKeys(context);
    transactions.callOnce(
        context,
        Void.class,
        tx -> {
          end(tx, store.lock(tx, id).orElseThrow(() -> RookeryException.notFound("pause")));
          return null;
        });
  }

  @Override
  public Optional<Instant> pauseAutomatically(
      Tx tx, Scope scope, String domain, AutomaticPause why) {
    try {
      Row row = store.lock(tx, scope, scope == Scope.TENANT ? "" : domain, Uuids.next());
      Pausing begun = row.pausing().begun(why, now());
      if (begun.equals(row.pausing())) {
        return Optional.empty();
      }
      Row paused = row.with(begun);
      store.update(tx, paused, now());
      events.append(
          tx, event(paused, "paused", Map.of("sent", why.sent(), "counted", why.counted())));
      LOG.warn(
          "Sending of a {} of tenant {} is paused until {}: {}",
          word(scope),
          tx.context().tenantId(),
          begun.until(),
          begun.reason());
      return Optional.of(begun.until());
    } catch (SQLException e) {
      throw RookeryException.unavailable("Sending could not be paused", MailboxErrors.WAIT, e);
    }
  }

  /** Ends the pauses of the tenant that are over; returns how many there were. */
  int returnDue(Tx tx) throws SQLException {
    List<UUID> due = store.due(tx, now());
    for (UUID id : due) {
      Row row = store.lock(tx, id).orElse(null);
      if (row != null && row.pausing().until() != null && !row.pausing().until().isAfter(now())) {
        end(tx, row);
      }
    }
    return due.size();
  }

  private void end(Tx tx, Row row) throws SQLException {
    if (!row.pausing().paused()) {
      return;
    }
    Row ended = row.with(row.pausing().ended(now()));
    store.update(tx, ended, now());
    mailboxes.restartRamps(tx, row.domain(), row.pausing());
    events.append(tx, event(ended, "resumed", Map.of("cause", word(row.pausing().cause()))));
  }

  /** The subject is the row: a name has no place in the log. */
  private NewEvent event(Row row, String what, Map<String, ?> further) {
    Map<String, Object> data = new HashMap<>(further);
    if (row.pausing().paused()) {
      data.put("cause", word(row.pausing().cause()));
    }
    if (row.pausing().until() != null) {
      data.put("until", row.pausing().until().toString());
    }
    String type = word(row.scope()) + ".sending_" + what;
    return new NewEvent(type, row.id(), row.version(), now(), data);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
