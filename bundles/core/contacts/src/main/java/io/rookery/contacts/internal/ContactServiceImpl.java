// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactService;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.contacts.internal.store.ContactRow;
import io.rookery.contacts.internal.store.ContactStore;
import io.rookery.contacts.internal.store.ContactStore.Search;
import io.rookery.contacts.internal.store.Cursors;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps contacts in the database. */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=contacts)"))
public final class ContactServiceImpl implements ContactService {

  private static final char CURSOR = 'c';
  private final Transactions transactions;
  private final EventLog log;
  private final Clock clock;
  private final ContactStore store;

  /** Made by the container once the tables are there. */
  @Activate
  public ContactServiceImpl(
      @Reference Transactions transactions, @Reference EventLog log, @Reference PlatformKeys keys) {
    this(transactions, log, keys, Clock.systemUTC());
  }

  ContactServiceImpl(Transactions transactions, EventLog log, PlatformKeys keys, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.clock = clock;
    this.store = new ContactStore(new AddressDigests(keys));
  }

  @Override
  public Contact create(TenantContext context, ContactData data) {
    ContactValidation.check(data, "", true);
    return transactions.callOnce(context, Contact.class, tx -> insert(tx, data));
  }

  private Contact insert(Tx tx, ContactData data) throws SQLException {
    Instant now = now();
    ContactData empty = new ContactData(null, null, null, Map.of(), null, null, null, false);
    ContactRow row = new ContactRow(Uuids.next(), merge(empty, data), now, now, 1);
    if (!store.insert(tx, row, normalised(row.data().email()))) {
      throw taken();
    }
    append(tx, "contact.created", row.id(), 1);
    return store.find(tx, row.id()).orElseThrow();
  }

  @Override
  public Contact get(TenantContext context, UUID id) {
    return transactions.readByIndex(context, ContactStore.contact(context, id)).stream()
        .findFirst()
        .orElseThrow(this::missing);
  }

  @Override
  public Page<Contact> list(TenantContext context, Filter filter, PageRequest page) {
    UUID beyond = Cursors.id(page, CURSOR);
    Filter wanted = filter == null ? new Filter(null, null, null) : filter;
    Optional<String> address = EmailAddresses.normalised(wanted.email());
    if (wanted.email() != null && address.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    Map<String, String> attributes = wanted.attributes() == null ? Map.of() : wanted.attributes();
    Search search = new Search(wanted.listId(), address.orElse(null), attributes);
    return Cursors.page(
        transactions.call(context, tx -> store.list(tx, search, beyond, page.limit() + 1)),
        page,
        CURSOR,
        Contact::id);
  }

  @Override
  public Contact update(TenantContext context, UUID id, ContactData data, long expectedVersion) {
    ContactValidation.check(data, "", false);
    return transactions.call(context, tx -> change(tx, id, data, expectedVersion));
  }

  private Contact change(Tx tx, UUID id, ContactData data, long expected) throws SQLException {
    ContactRow old = store.lock(tx, id).orElseThrow(this::missing);
    if (expected != 0 && expected != old.version()) {
      throw new RookeryException(
          CommonErrors.PRECONDITION_FAILED, "The contact has changed; read it again");
    }
    ContactData merged = merge(old.data(), data);
    if (merged.attributes().size() > ContactValidation.MAX_ATTRIBUTES) {
      throw RookeryException.invalid("/attributes", "At most 100 attributes");
    }
    if (!merged.equals(old.data())) {
      ContactRow row = new ContactRow(id, merged, old.createdAt(), now(), old.version() + 1);
      String before = normalised(old.data().email());
      String after = normalised(merged.email());
      if (!before.equals(after)) {
        store.keepFormer(tx, id, before, row.updatedAt());
      }
      store.update(tx, old, row, after);
      append(tx, "contact.updated", id, row.version());
    }
    return store.find(tx, id).orElseThrow();
  }

  @Override
  public void delete(TenantContext context, UUID id) {
    transactions.call(
        context,
        tx -> {
          ContactRow row = store.lock(tx, id).orElseThrow(this::missing);
          store.keepFormer(tx, id, normalised(row.data().email()), now());
          store.delete(tx, row);
          append(tx, "contact.deleted", id, row.version() + 1);
          return null;
        });
  }

  private static ContactData merge(ContactData old, ContactData data) {
    Map<String, Object> attributes = new LinkedHashMap<>(old.attributes());
    if (data.attributes() != null) {
      attributes.putAll(data.attributes());
      attributes.values().removeIf(value -> value == null);
    }
    return new ContactData(
        data.email() == null ? old.email() : EmailAddresses.wire(data.email()).orElseThrow(),
        or(data.firstName(), old.firstName()),
        or(data.lastName(), old.lastName()),
        attributes,
        or(data.country(), old.country()),
        or(data.lawfulBasis(), old.lawfulBasis()),
        or(data.source(), old.source()),
        or(data.trackingConsent(), old.trackingConsent()));
  }

  private static <T> T or(T value, T other) {
    return value == null ? other : value;
  }

  private static String normalised(String wire) {
    return EmailAddresses.normalised(wire).orElseThrow();
  }

  private void append(Tx tx, String type, UUID id, long version) {
    log.append(tx, new NewEvent(type, id, version, now(), Map.of()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private RookeryException missing() {
    return RookeryException.notFound("contact");
  }

  private static RookeryException taken() {
    return new RookeryException(CommonErrors.CONFLICT, "There is a contact with this address");
  }
}
