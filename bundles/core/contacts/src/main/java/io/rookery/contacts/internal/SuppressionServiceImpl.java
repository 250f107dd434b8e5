// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.contacts.internal.store.Cursors;
import io.rookery.contacts.internal.store.SuppressionStore;
import io.rookery.contacts.internal.store.SuppressionStore.Asked;
import io.rookery.contacts.internal.store.SuppressionStore.Former;
import io.rookery.contacts.internal.store.SuppressionStore.Touched;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps suppressions in the database. A suppression set by hand that its addressee asks for as well
 * takes the stronger reason, so that nobody can lift it by hand any more.
 */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=contacts)"))
public final class SuppressionServiceImpl implements SuppressionService {

  private static final char CURSOR = 's';
  private final Transactions transactions;
  private final EventLog log;
  private final Clock clock;
  private final AddressDigests digests;
  private final SuppressionStore store = new SuppressionStore();

  /** Made by the container once the tables are there. */
  @Activate
  public SuppressionServiceImpl(
      @Reference Transactions transactions, @Reference EventLog log, @Reference PlatformKeys keys) {
    this(transactions, log, keys, Clock.systemUTC());
  }

  SuppressionServiceImpl(Transactions transactions, EventLog log, PlatformKeys keys, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.clock = clock;
    this.digests = new AddressDigests(keys);
  }

  @Override
  public Suppression add(TenantContext context, String addressOrDomain, Reason reason) {
    Target target = target(addressOrDomain);
    if (reason == null) {
      throw RookeryException.invalid("/reason", "A reason is needed");
    }
    return transactions.callOnce(
        context, Suppression.class, tx -> suppress(tx, target, null, reason));
  }

  @Override
  public boolean addContact(Tx tx, UUID contactId, Reason reason) {
    try {
      boolean news = false;
      for (Former former : store.former(tx, contactId)) {
        Target target = new Target("", false, former.hint(), former.digest());
        news |= strengthen(tx, target, contactId, reason);
      }
      Optional<String> address = store.address(tx, contactId);
      if (address.isPresent()) {
        news |= strengthen(tx, target(address.get()), contactId, reason);
      }
      return news;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void add(Tx tx, String addressOrDomain, Reason reason) {
    try {
      suppress(tx, target(addressOrDomain), null, reason);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Suppression suppress(Tx tx, Target target, UUID contactId, Reason reason)
      throws SQLException {
    strengthen(tx, target, contactId, reason);
    return store.byDigest(tx, target.digest()).orElseThrow();
  }

  /** Returns whether that changed anything. */
  private boolean strengthen(Tx tx, Target target, UUID contactId, Reason reason)
      throws SQLException {
    Suppression wanted =
        new Suppression(
            Uuids.next(),
            target.domain(),
            target.hint(),
            reason,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    boolean news = store.upsert(tx, wanted, target.digest());
    if (news) {
      announce(tx, target, contactId, reason);
    }
    return news;
  }

  private void announce(Tx tx, Target target, UUID contactId, Reason reason) throws SQLException {
    Optional<Touched> contact =
        target.domain() ? Optional.empty() : store.touch(tx, target.text(), contactId);
    Suppression kept = store.byDigest(tx, target.digest()).orElseThrow();
    Map<String, ?> data = Map.of("suppression_id", kept.id(), "reason", reason.name());
    NewEvent event =
        contact
            .map(
                c -> new NewEvent("contact.suppressed", c.id(), c.version(), clock.instant(), data))
            .orElseGet(() -> NewEvent.of("suppression.added", kept.id(), clock.instant(), data));
    log.append(tx, event);
  }

  @Override
  public void remove(TenantContext context, UUID id) {
    transactions.call(
        context,
        tx -> {
          Suppression kept =
              store.lock(tx, id).orElseThrow(() -> RookeryException.notFound("suppression"));
          if (kept.reason() != Reason.MANUAL) {
            throw new RookeryException(
                CommonErrors.WRONG_STATE, "Only a suppression that was set by hand can be lifted");
          }
          store.delete(tx, id);
          log.append(tx, NewEvent.of("suppression.removed", id, clock.instant(), Map.of()));
          return null;
        });
  }

  @Override
  public Page<Suppression> list(TenantContext context, PageRequest page) {
    UUID beyond = Cursors.id(page, CURSOR);
    return Cursors.page(
        transactions.call(context, tx -> store.list(tx, beyond, page.limit() + 1)),
        page,
        CURSOR,
        Suppression::id);
  }

  @Override
  public boolean suppressed(TenantContext context, String address) {
    Optional<String> normalised = EmailAddresses.normalised(address);
    if (normalised.isEmpty()) {
      throw RookeryException.invalid("/address", "This is no e-mail address");
    }
    byte[] own = digests.address(normalised.get());
    byte[] domain = digests.domainOf(normalised.get());
    return transactions.call(context, tx -> store.any(tx, own, domain));
  }

  @Override
  public Map<String, Barrier> barriers(Tx tx, Collection<String> addresses) {
    List<Asked> asked = new ArrayList<>();
    for (String address : new LinkedHashSet<>(addresses)) {
      String normalised =
          EmailAddresses.normalised(address)
              .orElseThrow(() -> RookeryException.invalid("/address", "This is no e-mail address"));
      asked.add(
          new Asked(
              address, normalised, digests.address(normalised), digests.domainOf(normalised)));
    }
    try {
      return asked.isEmpty() ? Map.of() : store.barriers(tx, asked);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Target target(String text) {
    String stripped = text == null ? "" : text.strip();
    if (stripped.startsWith("@")) {
      return EmailAddresses.domain(stripped.substring(1))
          .map(domain -> new Target(domain, true, "@" + domain, digests.domain(domain)))
          .orElseThrow(SuppressionServiceImpl::refused);
    }
    return EmailAddresses.normalised(stripped)
        .map(
            address ->
                new Target(address, false, AddressDigests.hint(address), digests.address(address)))
        .orElseThrow(SuppressionServiceImpl::refused);
  }

  private static RookeryException refused() {
    return RookeryException.invalid(
        "/address",
        "An address such as name@example.org or a domain such as @example.org is needed");
  }

  private record Target(String text, boolean domain, String hint, byte[] digest) {}
}
