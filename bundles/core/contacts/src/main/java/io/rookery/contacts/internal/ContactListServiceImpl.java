// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import io.rookery.api.contacts.ContactListService;
import io.rookery.api.tenancy.Workspaces;
import io.rookery.contacts.internal.store.Cursors;
import io.rookery.contacts.internal.store.ListStore;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps lists of contacts in the database. */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=contacts)"))
public final class ContactListServiceImpl implements ContactListService {

  private static final char CURSOR = 'l';
  private static final int MOST_AT_ONCE = 1000;
  private final Transactions transactions;
  private final EventLog log;
  private final Workspaces workspaces;
  private final Clock clock;
  private final ListStore store = new ListStore();

  /** Made by the container once the tables are there. */
  @Activate
  public ContactListServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference Workspaces workspaces) {
    this(transactions, log, workspaces, Clock.systemUTC());
  }

  ContactListServiceImpl(
      Transactions transactions, EventLog log, Workspaces workspaces, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @Override
  public ContactList create(TenantContext context, ListData data) {
    String checked = checked(data.name());
    return transactions.callOnce(
        context,
        ContactList.class,
        tx -> {
          UUID id = Uuids.next();
          ListData placed = new ListData(checked, workspaces.place(tx, data.workspaceId()));
          if (!store.insert(tx, id, placed, clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            throw taken();
          }
          append(tx, "list.created", id, 1);
          return find(tx, id);
        });
  }

  @Override
  public ContactList get(TenantContext context, UUID id) {
    return transactions.call(context, tx -> find(tx, id));
  }

  @Override
  public Page<ContactList> list(TenantContext context, PageRequest page) {
    UUID beyond = Cursors.id(page, CURSOR);
    return Cursors.page(
        transactions.call(context, tx -> store.list(tx, beyond, page.limit() + 1)),
        page,
        CURSOR,
        ContactList::id);
  }

  @Override
  public ContactList update(TenantContext context, UUID id, ListData data, long expectedVersion) {
    String checked = data.name() == null ? null : checked(data.name());
    return transactions.call(
        context,
        tx -> {
          long version = lock(tx, id);
          if (expectedVersion != 0 && expectedVersion != version) {
            throw new RookeryException(
                CommonErrors.PRECONDITION_FAILED, "The list has changed; read it again");
          }
          if (checked != null && store.taken(tx, id, checked)) {
            throw taken();
          }
          UUID wanted = data.workspaceId();
          store.update(
              tx, id, new ListData(checked, wanted == null ? null : workspaces.place(tx, wanted)));
          append(tx, "list.updated", id, version + 1);
          return find(tx, id);
        });
  }

  @Override
  public void delete(TenantContext context, UUID id) {
    transactions.call(
        context,
        tx -> {
          long version = lock(tx, id);
          store.delete(tx, id);
          append(tx, "list.deleted", id, version + 1);
          return null;
        });
  }

  @Override
  public int add(TenantContext context, UUID id, List<UUID> contactIds) {
    Set<UUID> wanted = new HashSet<>(contactIds);
    if (wanted.isEmpty() || contactIds.size() > MOST_AT_ONCE) {
      throw RookeryException.invalid("/contact_ids", "1 to " + MOST_AT_ONCE + " contacts");
    }
    return transactions.callOnce(
        context,
        Integer.class,
        tx -> {
          lock(tx, id);
          if (store.lockContacts(tx, wanted) < wanted.size()) {
            throw RookeryException.notFound("contact");
          }
          return store.add(tx, id, wanted);
        });
  }

  @Override
  public void remove(TenantContext context, UUID id, UUID contactId) {
    transactions.call(
        context,
        tx -> {
          find(tx, id);
          store.remove(tx, id, contactId);
          return null;
        });
  }

  private ContactList find(Tx tx, UUID id) throws SQLException {
    return store.find(tx, id).orElseThrow(() -> RookeryException.notFound("list"));
  }

  private long lock(Tx tx, UUID id) throws SQLException {
    return store.lock(tx, id).orElseThrow(() -> RookeryException.notFound("list"));
  }

  private static String checked(String name) {
    String text = name == null ? "" : name.strip();
    if (text.isEmpty() || text.length() > 200 || ContactValidation.hasControl(text)) {
      throw RookeryException.invalid(
          "/name", "A list's name has 1 to 200 characters, none of them a control character");
    }
    return text;
  }

  private static RookeryException taken() {
    return new RookeryException(CommonErrors.CONFLICT, "There is a list of this name");
  }

  private void append(Tx tx, String type, UUID id, long version) {
    log.append(tx, new NewEvent(type, id, version, clock.instant(), Map.of()));
  }
}
