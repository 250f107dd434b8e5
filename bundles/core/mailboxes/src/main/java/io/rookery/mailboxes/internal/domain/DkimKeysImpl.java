// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.DkimKey;
import io.rookery.api.mailboxes.DkimKeys;
import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.api.secrets.CredentialTopics;
import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps signing keys in memory for as long as their tenant's epoch stands still, so that a sealed
 * store stops no mail whose keys are known. Once a minute the row is read again, should a node have
 * died between a change and its epoch; the keys themselves then stay.
 */
@Component(
    service = DkimKeys.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class DkimKeysImpl implements DkimKeys {

  /** The topic that rises when other keys of a tenant sign than before. */
  static final String TOPIC = "dkim-keys";

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration WAIT = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final Transactions transactions;
  private final DkimSecrets secrets;
  private final Epochs epochs;
  private final Clock clock;
  private final DomainStore store = new DomainStore();
  private final Map<Sender, Entry> entries = new Recent();

  /** Keeps none yet. */
  @Activate
  public DkimKeysImpl(
      @Reference Transactions transactions,
      @Reference SecretService secrets,
      @Reference Epochs epochs) {
    this(transactions, secrets, epochs, Clock.systemUTC());
  }

  DkimKeysImpl(Transactions transactions, SecretService secrets, Epochs epochs, Clock clock) {
    this.transactions = transactions;
    this.secrets = new DkimSecrets(secrets);
    this.epochs = epochs;
    this.clock = clock;
  }

  /** Whose mail it is: the tenant's, from this domain. */
  private record Sender(UUID tenantId, String domain) {}

  /** The keys of a sender, found at an epoch and last compared with the row at a time. */
  private record Entry(long epoch, Instant at, List<DkimKey> keys) {

    Optional<PrivateKey> key(String domain, DkimSelector selector) {
      return keys.stream()
          .filter(key -> key.domain().equals(domain) && key.selector().equals(selector.name()))
          .map(DkimKey::privateKey)
          .findFirst();
    }
  }

  /** The senders that were asked for last. */
  private static final class Recent extends LinkedHashMap<Sender, Entry> {

    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Sender, Entry> eldest) {
      return size() > MOST;
    }
  }

  @Override
  public List<DkimKey> of(TenantContext context, String domain) {
    Sender sender = new Sender(context.tenantId(), domain.toLowerCase(Locale.ROOT));
    // Both only rise, and so does their sum.
    long epoch =
        epochs.current(context.tenantId(), TOPIC)
            + epochs.current(context.tenantId(), CredentialTopics.ALL);
    Instant now = clock.instant();
    Entry known = known(sender, epoch);
    if (known != null && now.isBefore(known.at().plus(LONGEST))) {
      return known.keys();
    }
    Entry read = new Entry(epoch, now, read(context, sender, known));
    synchronized (entries) {
      entries.put(sender, read);
    }
    return read.keys();
  }

  private Entry known(Sender sender, long epoch) {
    synchronized (entries) {
      Entry entry = entries.get(sender);
      if (entry != null && entry.epoch() != epoch) {
        entries.remove(sender);
        return null;
      }
      return entry;
    }
  }

  private List<DkimKey> read(TenantContext context, Sender sender, Entry known) {
    List<String> names = DomainNames.upwards(sender.domain());
    List<DomainRow> rows = transactions.call(context, tx -> store.named(tx, names));
    for (DomainRow row : rows) {
      List<DkimKey> keys = keys(context, row, known);
      if (!keys.isEmpty()) {
        return keys;
      }
    }
    holdFailing(context, names, rows);
    return List.of();
  }

  /** Mail that is under way when its domain loses its record waits; it was promised signed. */
  private void holdFailing(TenantContext context, List<String> names, List<DomainRow> rows) {
    Optional<DomainRow> failing =
        rows.stream().filter(row -> row.state() == State.FAILING).findFirst();
    if (failing.isPresent() && !transactions.call(context, tx -> store.isTrusted(tx, names))) {
      throw RookeryException.unavailable(
          "The DKIM record of %s is no longer right, so its mail waits"
              .formatted(failing.get().name()),
          WAIT,
          null);
    }
  }

  /** Returns all keys of a domain that sign; none where it was removed in between. */
  private List<DkimKey> keys(TenantContext context, DomainRow row, Entry known) {
    List<DkimKey> keys = new ArrayList<>();
    for (DkimSelector selector : row.selectors().signing()) {
      Optional<PrivateKey> key = key(context, row, selector, known);
      if (key.isEmpty()) {
        return List.of();
      }
      keys.add(new DkimKey(row.name(), selector.name(), selector.algorithm(), key.get()));
    }
    return List.copyOf(keys);
  }

  /** Returns a private key; empty where it is gone and its selector as well. */
  private Optional<PrivateKey> key(
      TenantContext context, DomainRow row, DkimSelector selector, Entry known) {
    String domain = row.name();
    Optional<PrivateKey> kept = known == null ? Optional.empty() : known.key(domain, selector);
    if (kept.isPresent()) {
      return kept;
    }
    try {
      return Optional.of(
          KeyPairs.read(selector.algorithm(), secrets.read(context, domain, selector)));
    } catch (RookeryException e) {
      if (!e.code().equals(CommonErrors.NOT_FOUND)) {
        throw e;
      } else if (isListed(context, row.id(), selector)) {
        throw RookeryException.unavailable(
            "The key of %s is missing, so its mail waits".formatted(domain), WAIT, e);
      }
      return Optional.empty();
    }
  }

  private boolean isListed(TenantContext context, UUID id, DkimSelector selector) {
    return transactions.call(context, tx -> store.find(tx, id, false)).stream()
        .flatMap(row -> row.selectors().all().stream())
        .anyMatch(one -> one.name().equals(selector.name()));
  }
}
