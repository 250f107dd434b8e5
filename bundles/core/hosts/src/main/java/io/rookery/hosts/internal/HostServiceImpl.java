// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.HostKey;
import io.rookery.api.hosts.HostService;
import io.rookery.api.hosts.PresentedKey;
import io.rookery.api.secrets.SecretService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.passwords.PasswordStore;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshTarget;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps hosts and which keys they must show. */
@Component(
    service = HostService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=hosts)"))
public final class HostServiceImpl implements HostService {

  private static final Logger LOG = LoggerFactory.getLogger(HostServiceImpl.class);
  private static final UUID FIRST = new UUID(0, 0);
  private static final int SSH = 22;

  private final Transactions transactions;
  private final SecretService secrets;
  private final EventLog events;
  private final SshDoor door;
  private final Clock clock;
  private final HostStore store = new HostStore();

  /** Makes the service. */
  @Activate
  public HostServiceImpl(
      @Reference Transactions transactions,
      @Reference SecretService secrets,
      @Reference EventLog events,
      @Reference SshDoor door) {
    this(transactions, secrets, events, door, Clock.systemUTC());
  }

  HostServiceImpl(
      Transactions transactions,
      SecretService secrets,
      EventLog events,
      SshDoor door,
      Clock clock) {
    this.transactions = transactions;
    this.secrets = secrets;
    this.events = events;
    this.door = door;
    this.clock = clock;
  }

  @Override
  public Host create(TenantContext context, HostData data) {
    HostRules.check(data, true);
    Instant now = now();
    boolean known = data.fingerprint() != null;
    Host host =
        new Host(
            Uuids.next(),
            data.name(),
            data.address(),
            data.port() == null ? SSH : data.port(),
            known ? new HostKey(null, data.fingerprint()) : null,
            known ? now : null,
            now,
            1);
    try {
      return transactions.callOnce(
          context,
          Host.class,
          tx -> {
            store.insert(tx, host);
            append(tx, host, "host.registered", Map.of("pinned", known));
            return host;
          });
    } catch (RookeryException e) {
      throw taken(e);
    }
  }

  @Override
  public Host get(TenantContext context, UUID id) {
    return transactions.call(context, tx -> found(tx, id, false));
  }

  @Override
  public Page<Host> list(TenantContext context, PageRequest page) {
    UUID beyond = page.beyond(FIRST);
    List<Host> found = transactions.call(context, tx -> store.list(tx, beyond, page.limit() + 1));
    return Page.byId(found, page, Host::id);
  }

  @Override
  public Host update(TenantContext context, UUID id, HostData change, long expectedVersion) {
    HostRules.check(change, false);
    try {
      return transactions.call(
          context,
          tx -> {
            Host before = found(tx, id, true);
            if (expectedVersion != 0 && expectedVersion != before.version()) {
              throw new RookeryException(
                  CommonErrors.PRECONDITION_FAILED,
                  "Somebody else changed the host in between; read it again");
            }
            Host after = changed(before, change);
            store.update(tx, after);
            append(tx, after, "host.changed", Map.of());
            return after;
          });
    } catch (RookeryException e) {
      throw taken(e);
    }
  }

  private static Host changed(Host host, HostData change) {
    return new Host(
        host.id(),
        Objects.requireNonNullElse(change.name(), host.name()),
        Objects.requireNonNullElse(change.address(), host.address()),
        Objects.requireNonNullElse(change.port(), host.port()),
        host.hostKey(),
        host.pinnedAt(),
        host.createdAt(),
        host.version() + 1);
  }

  @Override
  public void delete(TenantContext context, UUID id) {
    transactions.call(
        context,
        tx -> {
          Host last = found(tx, id, true);
          requireNoPasswords(tx, id);
          store.delete(tx, id);
          events.append(
              tx, new NewEvent("host.removed", id, last.version() + 1, clock.instant(), Map.of()));
          return null;
        });
    // The row goes first: nothing reads keys of a host that is gone.
    for (String role : List.of("admin", "tenant")) {
      purge(context, "ssh/" + id + "/" + role);
    }
  }

  private static void requireNoPasswords(Tx tx, UUID id) throws SQLException {
    if (!new PasswordStore().ofHost(tx, id).isEmpty()) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE,
          "Passwords of mailboxes are replaced on this host; remove them from it first");
    }
  }

  private void purge(TenantContext context, String reference) {
    try {
      secrets.purge(context, reference, "host.removed");
    } catch (RookeryException e) {
      LOG.warn(
          "The key {} of tenant {}, which nothing uses, stays behind: {}",
          reference,
          context.tenantId(),
          e.toString());
    }
  }

  @Override
  public PresentedKey scan(TenantContext context, UUID id) {
    Host host = get(context, id);
    HostKey shown = door.look(SshTarget.of(host), host.hostKey());
    return new PresentedKey(shown, isPinned(host, shown));
  }

  private static boolean isPinned(Host host, HostKey shown) {
    return host.hostKey() != null && host.hostKey().fingerprint().equals(shown.fingerprint());
  }

  @Override
  public Host pin(TenantContext context, UUID id, String fingerprint) {
    HostRules.checkFingerprint(fingerprint);
    Host host = get(context, id);
    HostKey shown = door.look(SshTarget.of(host), new HostKey(null, fingerprint));
    if (!shown.fingerprint().equals(fingerprint)) {
      throw new RookeryException(
          HostErrors.KEY_CHANGED,
          "The host shows the key %s instead; nothing was pinned. Compare it with what ssh-keygen -lf prints on the host itself"
              .formatted(shown.fingerprint()));
    }
    return transactions.callOnce(context, Host.class, tx -> pin(tx, id, shown));
  }

  private Host pin(Tx tx, UUID id, HostKey key) throws SQLException {
    Host before = found(tx, id, true);
    Host after =
        new Host(
            before.id(),
            before.name(),
            before.address(),
            before.port(),
            key,
            now(),
            before.createdAt(),
            before.version() + 1);
    store.update(tx, after);
    append(tx, after, "host.pinned", Map.of("replaced", !isPinned(before, key)));
    return after;
  }

  private Host found(Tx tx, UUID id, boolean lock) throws SQLException {
    return store.find(tx, id, lock).orElseThrow(() -> RookeryException.notFound("host"));
  }

  private void append(Tx tx, Host host, String type, Map<String, ?> data) {
    events.append(tx, new NewEvent(type, host.id(), host.version(), clock.instant(), data));
  }

  private static RookeryException taken(RookeryException e) {
    return e.code().equals(CommonErrors.CONFLICT)
        ? new RookeryException(CommonErrors.CONFLICT, "There is a host of this name already", e)
        : e;
  }

  /** In the database's precision, so that what is returned now equals what is read later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
