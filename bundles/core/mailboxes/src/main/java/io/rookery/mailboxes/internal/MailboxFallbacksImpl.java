// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.api.secrets.SecretService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps mailboxes' fallbacks; their secrets stand in the secret store under their own ids. */
@Component(
    service = MailboxFallbacks.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class MailboxFallbacksImpl implements MailboxFallbacks {

  private static final Logger LOG = LoggerFactory.getLogger(MailboxFallbacksImpl.class);

  private final Transactions transactions;
  private final SecretService secrets;
  private final EventLog events;
  private final BackendDirectoryImpl backends;
  private final Clock clock;
  private final MailboxStore mailboxes = new MailboxStore();
  private final FallbackStore store = new FallbackStore();

  /** Makes the service. */
  @Activate
  public MailboxFallbacksImpl(
      @Reference Transactions transactions,
      @Reference SecretService secrets,
      @Reference EventLog events,
      @Reference BackendDirectoryImpl backends) {
    this(transactions, secrets, events, backends, Clock.systemUTC());
  }

  MailboxFallbacksImpl(
      Transactions transactions,
      SecretService secrets,
      EventLog events,
      BackendDirectoryImpl backends,
      Clock clock) {
    this.transactions = transactions;
    this.secrets = secrets;
    this.events = events;
    this.backends = backends;
    this.clock = clock;
  }

  @Override
  public List<Fallback> list(TenantContext context, UUID mailboxId) {
    return transactions.call(
        context,
        tx -> {
          mailbox(tx, mailboxId);
          return shown(tx, mailboxId);
        });
  }

  private MailboxRow mailbox(Tx tx, UUID mailboxId) throws SQLException {
    return mailboxes
        .find(tx, mailboxId, false)
        .orElseThrow(() -> RookeryException.notFound("mailbox"));
  }

  private List<Fallback> shown(Tx tx, UUID mailboxId) throws SQLException {
    UUID used = store.used(tx, mailboxId);
    return store.list(tx, mailboxId).stream().map(row -> row.toRecord(used)).toList();
  }

  @Override
  public List<Fallback> replace(TenantContext context, UUID mailboxId, List<FallbackData> wanted) {
    String own = transactions.call(context, tx -> mailbox(tx, mailboxId)).backend();
    TestKeys.refuseUnlessCaught(context, backends, own);
    List<FallbackRow> before = transactions.call(context, tx -> store.list(tx, mailboxId));
    List<FallbackRow> rows = rows(before, wanted);
    new FallbackValidation(backends).check(own, wanted, rows);
    keepSecretsIn(before, wanted, rows);
    // The secrets come first: without its row a secret is never looked at, and a fallback whose
    // secret is missing would fail when it is needed.
    for (int i = 0; i < rows.size(); i++) {
      keep(context, rows.get(i), wanted.get(i));
    }
    List<Fallback> now = transactions.call(context, tx -> replace(tx, mailboxId, rows));
    Set<UUID> kept = new HashSet<>(rows.stream().map(FallbackRow::id).toList());
    before.stream().filter(row -> !kept.contains(row.id())).forEach(row -> purge(context, row));
    return now;
  }

  private List<FallbackRow> rows(List<FallbackRow> before, List<FallbackData> wanted) {
    Map<UUID, FallbackRow> known = new HashMap<>();
    before.forEach(row -> known.put(row.id(), row));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<FallbackRow> rows = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      FallbackData data = wanted.get(i);
      String place = "/fallbacks/" + i;
      if (data.backend() == null) {
        errors.add(new FieldError(place + "/backend", "A fallback needs a backend, such as smtp"));
      } else if (data.id() == null) {
        rows.add(FallbackRow.from(Uuids.next(), data, now));
      } else if (known.containsKey(data.id())) {
        // Each once: two entries would share their secrets.
        rows.add(known.remove(data.id()).with(data));
      } else {
        errors.add(
            new FieldError(
                place + "/id",
                "It is none of the mailbox's fallbacks; leave it out for a new one"));
      }
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
    return rows;
  }

  /** A secret that is stored goes to no other server than the one that it was sent for. */
  private void keepSecretsIn(
      List<FallbackRow> before, List<FallbackData> wanted, List<FallbackRow> rows) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      FallbackRow after = rows.get(i);
      Set<String> given = wanted.get(i).secrets().keySet();
      String place = "/fallbacks/" + i;
      before.stream()
          .filter(row -> row.id().equals(after.id()))
          .flatMap(row -> objections(row, after, given).stream())
          .forEach(error -> errors.add(new FieldError(place + error.pointer(), error.detail())));
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }

  /** What another backend's row has of secrets is forgotten with the backend. */
  private List<FieldError> objections(FallbackRow before, FallbackRow after, Set<String> given) {
    return before
        .receiver(backends)
        .objections(after.receiver(backends), after.secretSettings(), given);
  }

  private void keep(TenantContext context, FallbackRow row, FallbackData data) {
    if (data.secrets().isEmpty()) {
      return;
    }
    Map<String, Secret> all = new HashMap<>();
    if (!data.secrets().keySet().containsAll(row.secretSettings())) {
      all.putAll(secrets.read(context, row.reference(), "mailbox.change").fields());
    }
    all.putAll(data.secrets());
    secrets.write(context, row.reference(), new SecretData(all), "mailbox.set");
  }

  private List<Fallback> replace(Tx tx, UUID mailboxId, List<FallbackRow> rows)
      throws SQLException {
    long version =
        store.touch(tx, mailboxId).orElseThrow(() -> RookeryException.notFound("mailbox"));
    store.replace(tx, mailboxId, rows);
    append(tx, "mailbox.fallbacks_changed", mailboxId, version, Map.of("count", rows.size()));
    return shown(tx, mailboxId);
  }

  private void append(Tx tx, String type, UUID mailboxId, long version, Map<String, Object> data) {
    events.append(tx, new NewEvent(type, mailboxId, version, clock.instant(), data));
  }

  /** Removes a secret that nothing refers to; where that fails it only takes room. */
  private void purge(TenantContext context, FallbackRow row) {
    try {
      if (!row.secretSettings().isEmpty()) {
        secrets.purge(context, row.reference(), "mailbox.fallback_removed");
      }
    } catch (RookeryException e) {
      LOG.warn("The secret of fallback {} stays behind: {}", row.id(), e.toString());
    }
  }

  @Override
  public void check(TenantContext context, UUID mailboxId, UUID fallbackId)
      throws InterruptedException {
    FallbackRow row = row(context, mailboxId, fallbackId);
    try {
      backend(row).check(account(context, mailboxId, fallbackId));
    } catch (BackendException e) {
      throw CheckFailure.of(e);
    }
  }

  private FallbackRow row(TenantContext context, UUID mailboxId, UUID fallbackId) {
    return transactions.call(context, tx -> store.list(tx, mailboxId)).stream()
        .filter(row -> row.id().equals(fallbackId))
        .findFirst()
        .orElseThrow(() -> RookeryException.notFound("fallback"));
  }

  private EmailBackend backend(FallbackRow row) {
    return backends
        .backend(row.backend())
        .orElseThrow(
            () ->
                RookeryException.unavailable(
                    "The mail backend " + row.backend() + " is not installed now",
                    MailboxErrors.WAIT,
                    null));
  }

  @Override
  public Account account(TenantContext context, UUID mailboxId, UUID fallbackId) {
    MailboxRow mailbox = transactions.call(context, tx -> mailbox(tx, mailboxId));
    FallbackRow row = row(context, mailboxId, fallbackId);
    Map<String, Secret> credentials =
        row.secretSettings().isEmpty()
            ? Map.of()
            : secrets.read(context, row.reference(), "send").fields();
    return new Account(
        context.tenantId(),
        row.id(),
        mailbox.address(),
        SettingDefaults.fill(backend(row).settings(), row.settings()),
        credentials,
        row.version());
  }

  @Override
  public void use(Tx tx, UUID mailboxId, UUID fallbackId) {
    try {
      OptionalLong version = store.use(tx, mailboxId, fallbackId);
      if (version.isPresent()) {
        boolean back = fallbackId == null;
        Map<String, Object> data = back ? Map.of() : Map.of("fallback_id", fallbackId);
        String type = back ? "mailbox.failed_back" : "mailbox.failed_over";
        append(tx, type, mailboxId, version.getAsLong(), data);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
