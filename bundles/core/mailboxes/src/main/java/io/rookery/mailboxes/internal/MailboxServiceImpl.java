// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.secrets.SecretService;
import io.rookery.api.tenancy.Workspaces;
import io.rookery.events.EventLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.mailboxes.internal.oauth.TokenKeeper;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps mailboxes. Their secrets stand in the secret store under the mailbox's id, never here. */
@Component(
    service = MailboxService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class MailboxServiceImpl implements MailboxService {

  private static final Logger LOG = LoggerFactory.getLogger(MailboxServiceImpl.class);
  private static final UUID FIRST = new UUID(0, 0);

  private final Transactions transactions;
  private final SecretService secrets;
  private final EventLog events;
  private final BackendDirectoryImpl backends;
  private final Workspaces workspaces;
  private final Clock clock;
  private final MailboxStore store = new MailboxStore();
  private final FallbackStore fallbacks = new FallbackStore();
  private final MailboxValidation validation;
  private final MailboxCredentials credentials;
  private final MailboxPauses pauses;

  /** Makes the service. */
  @Activate
  public MailboxServiceImpl(
      @Reference Transactions transactions,
      @Reference SecretService secrets,
      @Reference EventLog events,
      @Reference BackendDirectoryImpl backends,
      @Reference TokenKeeper tokens,
      @Reference Workspaces workspaces) {
    this(transactions, secrets, events, backends, tokens, workspaces, Clock.systemUTC());
  }

  MailboxServiceImpl(
      Transactions transactions,
      SecretService secrets,
      EventLog events,
      BackendDirectoryImpl backends,
      TokenKeeper tokens,
      Workspaces workspaces,
      Clock clock) {
    this.transactions = transactions;
    this.secrets = secrets;
    this.events = events;
    this.backends = backends;
    this.workspaces = workspaces;
    this.clock = clock;
    this.validation = new MailboxValidation(backends);
    this.credentials = new MailboxCredentials(transactions, secrets, events, tokens, clock);
    this.pauses = new MailboxPauses(events, clock);
  }

  @Override
  public Mailbox create(TenantContext context, MailboxData data) {
    MailboxRow row = MailboxRow.from(Uuids.next(), validation.created(data), now());
    validation.check(row);
    TestKeys.refuseUnlessCaught(context, backends, row.backend());
    // The secret is written first: without the mailbox's row it is never looked at, and a mailbox
    // whose secret is missing would fail at its first send.
    boolean written = writeSecrets(context, row.id(), data.secrets());
    try {
      Mailbox made =
          transactions.callOnce(
              context,
              Mailbox.class,
              tx -> {
                MailboxRow placed = row.in(workspaces.place(tx, row.workspaceId()));
                store.insert(tx, placed);
                append(tx, placed, "mailbox.created");
                return placed.toRecord();
              });
      if (written && !made.id().equals(row.id())) {
        tidy(context, row.id());
      }
      return made;
    } catch (RookeryException e) {
      if (written) {
        tidy(context, row.id());
      }
      throw taken(e);
    }
  }

  /** Removes a secret that no mailbox refers to; where that fails it only takes room. */
  private void tidy(TenantContext context, UUID id) {
    try {
      secrets.purge(context, reference(id), "mailbox.not_made");
    } catch (RookeryException e) {
      LOG.warn("The secret of mailbox {}, which was not made, stays behind: {}", id, e.toString());
    }
  }

  /** In the database's precision, so that what is returned now equals what is read later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static RookeryException taken(RookeryException e) {
    return e.code().equals(CommonErrors.CONFLICT)
        ? new RookeryException(CommonErrors.CONFLICT, "There is a mailbox with that address", e)
        : e;
  }

  private boolean writeSecrets(TenantContext context, UUID id, Map<String, Secret> values) {
    if (values == null || values.isEmpty()) {
      return false;
    }
    secrets.write(context, reference(id), new SecretData(values), "mailbox.set");
    return true;
  }

  private static String reference(UUID id) {
    return "smtp/" + id;
  }

  @Override
  public Mailbox get(TenantContext context, UUID id) {
    return row(context, id).toRecord();
  }

  private MailboxRow row(TenantContext context, UUID id) {
    return transactions
        .call(context, tx -> store.find(tx, id, false))
        .orElseThrow(() -> RookeryException.notFound("mailbox"));
  }

  @Override
  public Page<Mailbox> list(TenantContext context, PageRequest page) {
    UUID beyond = page.beyond(FIRST);
    List<Mailbox> found =
        transactions.call(context, tx -> store.list(tx, beyond, page.limit() + 1)).stream()
            .map(MailboxRow::toRecord)
            .toList();
    return Page.byId(found, page, Mailbox::id);
  }

  @Override
  public Mailbox update(TenantContext context, UUID id, MailboxData data, long expectedVersion) {
    MailboxData wanted = validation.changed(data);
    MailboxRow before = row(context, id);
    unchanged(before, expectedVersion);
    TestKeys.refuseUnlessCaught(context, backends, before.backend());
    MailboxRow after = before.with(wanted, now());
    validation.check(after);
    TestKeys.refuseUnlessCaught(context, backends, after.backend());
    keepSecretsIn(before, after, wanted);
    if (wanted.settings() != null) {
      credentials.check(context, after, after.settings(backend(after).settings()));
    }
    if (wanted.secrets() != null && !wanted.secrets().isEmpty()) {
      Map<String, Secret> all = new HashMap<>();
      if (!before.secretSettings().isEmpty()) {
        all.putAll(secrets.read(context, reference(id), "mailbox.change").fields());
      }
      all.putAll(wanted.secrets());
      writeSecrets(context, id, all);
    }
    try {
      return change(
          context,
          id,
          expectedVersion,
          (tx, row) -> {
            if (wanted.workspaceId() != null) {
              workspaces.place(tx, wanted.workspaceId());
            }
            return keepSecretsIn(row, row.with(wanted, now()), wanted);
          },
          "mailbox.updated");
    } catch (RookeryException e) {
      throw taken(e);
    }
  }

  /** A secret that is stored goes to no other server than the one that it was sent for. */
  private MailboxRow keepSecretsIn(MailboxRow before, MailboxRow after, MailboxData data) {
    Set<String> given = data.secrets() == null ? Set.of() : data.secrets().keySet();
    List<FieldError> errors =
        before
            .receiver(backends)
            .objections(after.receiver(backends), before.secretSettings(), given);
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
    return after;
  }

  /** A change of a mailbox that is held; the same row where there is nothing to change. */
  @FunctionalInterface
  private interface Change {
    MailboxRow apply(Tx tx, MailboxRow row) throws SQLException;
  }

  private Mailbox change(
      TenantContext context, UUID id, long expectedVersion, Change change, String event) {
    return transactions.callOnce(
        context,
        Mailbox.class,
        tx -> {
          MailboxRow row =
              store.find(tx, id, true).orElseThrow(() -> RookeryException.notFound("mailbox"));
          unchanged(row, expectedVersion);
          TestKeys.refuseUnlessCaught(context, backends, row.backend());
          MailboxRow changed = change.apply(tx, row);
          if (!changed.equals(row)) {
            store.update(tx, changed);
            append(tx, changed, event);
          }
          return changed.toRecord();
        });
  }

  private static void unchanged(MailboxRow row, long expectedVersion) {
    if (expectedVersion != 0 && expectedVersion != row.version()) {
      throw new RookeryException(
          CommonErrors.PRECONDITION_FAILED,
          "The mailbox was changed in between; get it again and repeat the change");
    }
  }

  private void append(Tx tx, MailboxRow row, String type) {
    events.append(tx, MailboxPauses.event(row, type, clock.instant()));
  }

  @Override
  public void delete(TenantContext context, UUID id) {
    // The secret goes first: where the store cannot be reached the mailbox stays, to be tried
    // again.
    MailboxRow seen = row(context, id);
    TestKeys.refuseUnlessCaught(context, backends, seen.backend());
    paused(seen);
    secrets.purge(context, reference(id), "mailbox.removed");
    secrets.purge(context, "oauth/" + id, "mailbox.removed");
    transactions
        .call(context, tx -> fallbacks.list(tx, id))
        .forEach(row -> secrets.purge(context, row.reference(), "mailbox.removed"));
    transactions.call(context, tx -> remove(tx, seen));
  }

  private static void paused(MailboxRow row) {
    if (row.pausedReason() == null) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE,
          "Pause the mailbox first: campaigns that use it keep what is queued until then");
    }
  }

  /** A mailbox that was connected, or given a password, since its secrets went has new ones. */
  private Void remove(Tx tx, MailboxRow seen) throws SQLException {
    MailboxRow row =
        store.find(tx, seen.id(), true).orElseThrow(() -> RookeryException.notFound("mailbox"));
    paused(row);
    if (row.version() != seen.version()) {
      throw new RookeryException(
          CommonErrors.CONFLICT, "The mailbox was changed in between; remove it again");
    }
    store.remove(tx, row.id(), clock.instant());
    fallbacks.replace(tx, row.id(), List.of());
    append(tx, row.with(row.pausing()), "mailbox.removed");
    return null;
  }

  @Override
  public Mailbox pause(TenantContext context, UUID id, String reason) {
    String why = MailboxValidation.reason(reason);
    return change(
        context,
        id,
        0,
        (tx, row) ->
            row.pausing().paused() && !row.pausing().cause().isAutomatic()
                ? row
                : row.paused(why, pauses.holding(tx, row), now()),
        "mailbox.paused");
  }

  @Override
  public Mailbox resume(TenantContext context, UUID id) {
    return change(
        context,
        id,
        0,
        (tx, row) -> row.pausing().paused() ? row.resumed(pauses.holding(tx, row), now()) : row,
        "mailbox.resumed");
  }

  @Override
  public Optional<Instant> pauseAutomatically(Tx tx, UUID id, AutomaticPause why) {
    return pauses.pause(tx, id, why);
  }

  @Override
  public void check(TenantContext context, UUID id) throws InterruptedException {
    MailboxRow row = row(context, id);
    Account account = account(context, row, null);
    EmailBackend backend = backend(row);
    try {
      backend.check(account);
    } catch (BackendException e) {
      Secret token = account.credentials().get(OAuth2.ACCESS_TOKEN);
      if (e.kind() != BackendException.Kind.AUTHENTICATION || token == null) {
        throw CheckFailure.of(e);
      }
      again(backend, account(context, row, token));
    }
  }

  /** A token may be refused because it was renewed elsewhere, or because the consent is gone. */
  private static void again(EmailBackend backend, Account account) throws InterruptedException {
    try {
      backend.check(account);
    } catch (BackendException e) {
      throw CheckFailure.of(e);
    }
  }

  @Override
  public boolean letsIn(TenantContext context, UUID id, Map<String, Secret> instead)
      throws InterruptedException {
    MailboxRow row = row(context, id);
    try {
      backend(row).check(with(account(context, row, null), instead));
      return true;
    } catch (BackendException e) {
      if (e.kind() == BackendException.Kind.AUTHENTICATION) {
        return false;
      }
      throw CheckFailure.of(e);
    }
  }

  private static Account with(Account account, Map<String, Secret> instead) {
    Map<String, Secret> credentials = new HashMap<>(account.credentials());
    credentials.putAll(instead);
    return new Account(
        account.tenantId(),
        account.id(),
        account.address(),
        account.settings(),
        credentials,
        account.epoch());
  }

  private EmailBackend backend(MailboxRow row) {
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
  public Account account(TenantContext context, UUID id) {
    return account(context, row(context, id), null);
  }

  private Account account(TenantContext context, MailboxRow row, Secret refused) {
    Map<String, String> settings = row.settings(backend(row).settings());
    return new Account(
        context.tenantId(),
        row.id(),
        row.address(),
        settings,
        credentials.of(context, row, settings, refused),
        row.version());
  }

  @Override
  public void refused(TenantContext context, Account account) {
    Secret token = account.credentials().get(OAuth2.ACCESS_TOKEN);
    if (token == null) {
      return;
    }
    try {
      credentials.of(context, row(context, account.id()), account.settings(), token);
    } catch (RookeryException e) {
      LOG.info("Mailbox {} gets no other access token: {}", account.id(), e.getMessage());
    }
  }
}
