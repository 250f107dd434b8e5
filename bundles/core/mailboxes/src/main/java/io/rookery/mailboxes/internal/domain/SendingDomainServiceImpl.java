// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.secrets.SecretService;
import io.rookery.api.tenancy.Workspaces;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.mailboxes.internal.check.CheckResult;
import io.rookery.mailboxes.internal.check.DkimCheck;
import io.rookery.mailboxes.internal.link.DomainLinks;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.secrets.SecretData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps sending domains. What changes which keys sign raises the tenant's epoch of keys. */
@Component(
    service = SendingDomainService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class SendingDomainServiceImpl implements SendingDomainService {

  private static final Logger LOG = LoggerFactory.getLogger(SendingDomainServiceImpl.class);
  private static final UUID FIRST = new UUID(0, 0);

  private final Transactions transactions;
  private final EventLog events;
  private final Epochs epochs;
  private final Entitlements entitlements;
  private final Workspaces workspaces;
  private final DomainPlatform platform;
  private final Clock clock;
  private final DkimSecrets secrets;
  private final Verification verification;
  private final DomainLinks links;
  private final DomainStore store = new DomainStore();

  /** Makes the service. */
  @Activate
  public SendingDomainServiceImpl(
      @Reference Transactions transactions,
      @Reference SecretService secrets,
      @Reference EventLog events,
      @Reference Epochs epochs,
      @Reference Entitlements entitlements,
      @Reference Workspaces workspaces,
      @Reference DomainPlatform platform) {
    this(
        new Neighbours(transactions, secrets, events, epochs, entitlements, workspaces),
        platform,
        Clock.systemUTC());
  }

  SendingDomainServiceImpl(Neighbours neighbours, DomainPlatform platform, Clock clock) {
    this.transactions = neighbours.transactions();
    this.events = neighbours.events();
    this.epochs = neighbours.epochs();
    this.entitlements = neighbours.entitlements();
    this.workspaces = neighbours.workspaces();
    this.platform = platform;
    this.clock = clock;
    this.secrets = new DkimSecrets(neighbours.secrets());
    this.verification = new Verification(platform.settings());
    this.links = new DomainLinks(neighbours.events());
  }

  /** What the service stands on. */
  record Neighbours(
      Transactions transactions,
      SecretService secrets,
      EventLog events,
      Epochs epochs,
      Entitlements entitlements,
      Workspaces workspaces) {}

  @Override
  public SendingDomain create(TenantContext context, String given, UUID workspaceId) {
    String name = DomainNames.checked(given);
    Instant now = now();
    Map<DkimSelector, SecretData> keys = KeyPairs.generation(now);
    Selectors selectors = new Selectors(List.copyOf(keys.keySet()));
    DomainRow row = DomainRow.made(Uuids.next(), name, selectors, platform.settings(), now);
    // The keys are written first: a domain whose keys are missing would fail at its first mail.
    secrets.write(context, name, keys, "domain.created");
    try {
      SendingDomain made =
          transactions.callOnce(context, SendingDomain.class, tx -> insert(tx, row, workspaceId));
      if (!made.id().equals(row.id())) {
        secrets.tidy(context, name, keys.keySet(), DkimSecrets.NOT_MADE);
      }
      return made;
    } catch (RookeryException e) {
      tidy(context, name, keys, e);
      throw e.code().equals(CommonErrors.CONFLICT)
          ? new RookeryException(CommonErrors.CONFLICT, "There is this domain already", e)
          : e;
    }
  }

  private SendingDomain insert(Tx tx, DomainRow made, UUID workspaceId) throws SQLException {
    DomainRow row = made.in(workspaces.place(tx, workspaceId));
    entitlements.require(tx, Entitlement.DOMAINS, it -> DomainUsage.count(it) + 1);
    store.insert(tx, row);
    links.made(tx, row.id(), row.trackingHost(), row.times().createdAt());
    append(tx, row, "domain.created");
    return show(row);
  }

  @Override
  public SendingDomain get(TenantContext context, UUID id) {
    return show(row(context, id));
  }

  private DomainRow row(TenantContext context, UUID id) {
    return transactions.call(context, tx -> found(tx, id, false));
  }

  private DomainRow found(Tx tx, UUID id, boolean lock) throws SQLException {
    return store.find(tx, id, lock).orElseThrow(() -> RookeryException.notFound("domain"));
  }

  @Override
  public Page<SendingDomain> list(TenantContext context, PageRequest page) {
    UUID beyond = page.beyond(FIRST);
    List<SendingDomain> found =
        transactions.call(context, tx -> store.list(tx, beyond, page.limit() + 1)).stream()
            .map(this::show)
            .toList();
    return Page.byId(found, page, SendingDomain::id);
  }

  @Override
  public void delete(TenantContext context, UUID id) {
    // The row goes first: a domain that is left with a part of its keys would send without them.
    DomainRow removed =
        transactions.call(
            context,
            tx -> {
              DomainRow last = found(tx, id, true);
              store.delete(tx, id);
              links.uncovered(tx, id, now());
              events.append(
                  tx,
                  new NewEvent(
                      "domain.removed", id, last.version() + 1, clock.instant(), Map.of()));
              return last;
            });
    epochs.raise(context.tenantId(), DkimKeysImpl.TOPIC);
    secrets.tidy(context, removed.name(), removed.selectors().all(), "domain.removed");
  }

  @Override
  public SendingDomain verify(TenantContext context, UUID id) {
    DomainRow row = row(context, id);
    Instant now = now();
    List<CheckResult> results =
        withoutUnpurged(context, row, platform.check(context.tenantId(), row.subject(now)), now);
    Change change = transactions.call(context, tx -> apply(tx, id, results, now));
    if (change.otherKeys()) {
      epochs.raise(context.tenantId(), DkimKeysImpl.TOPIC);
    }
    return show(change.after());
  }

  /** A selector leaves the row only once its private key has left the store. */
  private List<CheckResult> withoutUnpurged(
      TenantContext context, DomainRow row, List<CheckResult> results, Instant now) {
    List<DkimSelector> old = row.selectors().outOfUse(now);
    try {
      secrets.purge(context, row.name(), old, "dkim.retired");
      return results;
    } catch (RookeryException e) {
      LOG.warn("Retired keys of domain {} stay for now: {}", row.id(), e.toString());
      List<String> hosts = old.stream().map(one -> DkimCheck.host(one.name(), row.name())).toList();
      return results.stream().filter(result -> !hosts.contains(result.host())).toList();
    }
  }

  private Change apply(Tx tx, UUID id, List<CheckResult> results, Instant now) throws SQLException {
    DomainRow before = found(tx, id, true);
    Change change = new Change(before, verification.apply(before, results, now));
    store.update(tx, change.after());
    if (change.after().state() == State.VERIFIED) {
      links.covered(tx, id, now);
    } else {
      links.uncovered(tx, id, now);
    }
    for (String event : change.events()) {
      append(tx, change.after(), event);
    }
    return change;
  }

  /** A domain before and after something. */
  private record Change(DomainRow before, DomainRow after) {

    boolean otherKeys() {
      return !before.selectors().signing().equals(after.selectors().signing());
    }

    List<String> events() {
      List<String> events = new ArrayList<>();
      if (before.state() != after.state()) {
        events.add(after.state() == State.VERIFIED ? "domain.verified" : "domain.failing");
      }
      if (!before.selectors().signing().isEmpty()
          && after
              .selectors()
              .deciding()
              .createdAt()
              .isAfter(before.selectors().deciding().createdAt())) {
        events.add("domain.dkim_rotated");
      }
      return events;
    }
  }

  @Override
  public SendingDomain rotateDkim(TenantContext context, UUID id) {
    String name = row(context, id).name();
    Instant now = now();
    Map<DkimSelector, SecretData> keys = KeyPairs.generation(now);
    List<DkimSelector> made = List.copyOf(keys.keySet());
    List<DkimSelector> unused = new ArrayList<>(made);
    secrets.write(context, name, keys, "dkim.rotated");
    SendingDomain rotated;
    try {
      rotated =
          transactions.callOnce(
              context,
              SendingDomain.class,
              tx -> {
                DomainRow before = found(tx, id, true);
                unused.clear();
                unused.addAll(before.selectors().unseen());
                return rotate(tx, before, made, now);
              });
    } catch (RookeryException e) {
      tidy(context, name, keys, e);
      throw e;
    }
    secrets.tidy(context, name, unused, DkimSecrets.NOT_MADE);
    return rotated;
  }

  /** A fault of the database may come after the commit; then the keys may be in use. */
  private void tidy(
      TenantContext context,
      String name,
      Map<DkimSelector, SecretData> keys,
      RookeryException error) {
    if (error.code().kind().status() < 500) {
      secrets.tidy(context, name, keys.keySet(), DkimSecrets.NOT_MADE);
    }
  }

  private SendingDomain rotate(Tx tx, DomainRow before, List<DkimSelector> made, Instant now)
      throws SQLException {
    DomainRow after = before.with(before.selectors().rotated(made), now.plus(Due.SHORTEST));
    store.update(tx, after);
    append(tx, after, "domain.dkim_rotating");
    return show(after);
  }

  private void append(Tx tx, DomainRow row, String type) {
    events.append(tx, new NewEvent(type, row.id(), row.version(), clock.instant(), Map.of()));
  }

  private SendingDomain show(DomainRow row) {
    return new SendingDomain(
        row.id(),
        row.workspaceId(),
        row.name(),
        row.state(),
        row.returnPathHost(),
        row.trackingHost(),
        row.selectors().all(),
        DomainRecords.of(row, platform.settings(), now()),
        row.times().checkedAt(),
        row.times().verifiedAt(),
        row.times().driftingSince(),
        row.times().failingAt(),
        row.times().createdAt(),
        row.version());
  }

  /** In the database's precision, so that what is returned now equals what is read later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
