// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.api.mailboxes.SendingPauses.Scope;
import io.rookery.events.NewEvent;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Mailboxes of one tenant, what pauses them, and a clock that is moved. */
final class PauseWorld {

  final TestDatabase database;
  final TenantContext context;
  final MovableClock clock = new MovableClock();
  final List<NewEvent> events = new ArrayList<>();
  final MailboxServiceImpl mailboxes;
  final SendingPausesImpl pauses;
  final PauseReturns returns;

  PauseWorld(TestDatabase database) {
    this.database = database;
    this.context = database.tenant();
    BackendDirectoryImpl backends = new BackendDirectoryImpl();
    backends.bindBackend(new FakeRelay(), Map.of("backend", "relay", "version", "1.0.0"));
    this.mailboxes =
        new MailboxServiceImpl(
            database.transactions(),
            new FakeSecrets(),
            (tx, appended) -> events.addAll(appended),
            backends,
            null,
            TestWorkspaces.OPEN,
            clock);
    this.pauses =
        new SendingPausesImpl(
            database.transactions(), (tx, appended) -> events.addAll(appended), clock);
    this.returns =
        new PauseReturns(
            database.transactions(), (tx, appended) -> events.addAll(appended), pauses, clock);
  }

  Mailbox make(String address, Ramp ramp) {
    MailboxData data =
        new MailboxData(
            address,
            null,
            "relay",
            Map.of("host", "smtp.example.com"),
            Map.of("password", FakeRelay.PASSWORD),
            400,
            null,
            null);
    return mailboxes.create(context, data.withRamp(ramp));
  }

  Mailbox get(Mailbox mailbox) {
    return mailboxes.get(context, mailbox.id());
  }

  Optional<Instant> pause(Mailbox mailbox, PauseCause cause) {
    return pause(mailbox, AutomaticPause.quality(cause, 1000, 60));
  }

  Optional<Instant> pause(Mailbox mailbox, AutomaticPause why) {
    return database
        .transactions()
        .call(context, tx -> mailboxes.pauseAutomatically(tx, mailbox.id(), why));
  }

  Optional<Instant> pause(Scope scope, String domain, PauseCause cause) {
    AutomaticPause why = AutomaticPause.quality(cause, 1000, 60);
    return database
        .transactions()
        .call(context, tx -> pauses.pauseAutomatically(tx, scope, domain, why));
  }

  /** Returns what the sending line reads of a mailbox at each claim. */
  String heldBy(UUID mailbox) {
    return database
        .transactions()
        .call(
            context,
            tx -> {
              String sql =
                  "select held_by, paused from tenant.mailboxes_sendable_v1 where mailbox_id = ?";
              try (var select = tx.connection().prepareStatement(sql)) {
                select.setObject(1, mailbox);
                ResultSet row = select.executeQuery();
                row.next();
                String by = row.getString("held_by");
                if (row.getBoolean("paused") == (by == null)) {
                  throw new AssertionError("paused says something else than held_by " + by);
                }
                return by;
              }
            });
  }

  /** Returns since when a subject is counted and what pauses it, as the counting reads it. */
  String counted(String scope, String subject) {
    return database
        .transactions()
        .call(
            context,
            tx -> {
              String sql =
                  """
                  select counted_since, paused_by from tenant.mailboxes_counted_v1
                  where scope = ? and subject = ?
                  """;
              try (var select = tx.connection().prepareStatement(sql)) {
                select.setString(1, scope);
                select.setString(2, subject);
                ResultSet row = select.executeQuery();
                if (!row.next()) {
                  return "unknown";
                }
                var since = row.getTimestamp("counted_since");
                return (since == null ? "always" : since.toInstant().toString())
                    + " "
                    + row.getString("paused_by");
              }
            });
  }

  List<String> types() {
    return events.stream().map(NewEvent::type).toList();
  }
}
