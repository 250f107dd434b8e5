// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import io.rookery.api.contacts.ContactListService.ContactList;
import io.rookery.api.contacts.ContactListService.ListData;
import io.rookery.kernel.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The lists' tables. */
public final class ListStore {

  private static final String SELECT =
      """
      select l.id, l.workspace_id, l.name, l.created_at, l.version,
             (select count(*) from tenant.list_member m
              where m.tenant_id = l.tenant_id and m.list_id = l.id) as contacts
      from tenant.contact_list l where l.tenant_id = ?""";

  /** Inserts a list; returns false where its name is taken. */
  public boolean insert(Tx tx, UUID id, ListData data, Instant now) throws SQLException {
    return 1
        == Sql.update(
            tx,
            """
            insert into tenant.contact_list
              (tenant_id, id, workspace_id, name, name_normalised, created_at, version)
            values (?, ?, ?, ?, ?, ?, 1) on conflict (tenant_id, name_normalised) do nothing""",
            tx.context().tenantId(),
            id,
            data.workspaceId(),
            data.name(),
            normalised(data.name()),
            now);
  }

  /** Returns a list, or empty. */
  public Optional<ContactList> find(Tx tx, UUID id) throws SQLException {
    return Sql.first(tx, ListStore::read, SELECT + " and l.id = ?", tx.context().tenantId(), id);
  }

  /** Returns lists in the order of their ids, beyond an id, which may be null. */
  public List<ContactList> list(Tx tx, UUID beyond, int limit) throws SQLException {
    return Sql.list(
        tx,
        ListStore::read,
        SELECT + " and l.id > ? order by l.id limit ?",
        tx.context().tenantId(),
        beyond == null ? new UUID(0, 0) : beyond,
        limit);
  }

  /** Locks a list's row and returns its version, or empty. */
  public Optional<Long> lock(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx,
        row -> row.getLong(1),
        "select version from tenant.contact_list where tenant_id = ? and id = ? for update",
        tx.context().tenantId(),
        id);
  }

  /** Returns whether another list has the name. */
  public boolean taken(Tx tx, UUID id, String name) throws SQLException {
    return Sql.first(
            tx,
            row -> row.getObject(1, UUID.class),
            "select id from tenant.contact_list where tenant_id = ? and name_normalised = ? and id <> ?",
            tx.context().tenantId(),
            normalised(name),
            id)
        .isPresent();
  }

  /** Gives a list another name or workspace; what is null stays. */
  public void update(Tx tx, UUID id, ListData data) throws SQLException {
    Sql.update(
        tx,
        """
        update tenant.contact_list set name = coalesce(?, name),
          name_normalised = coalesce(?, name_normalised),
          workspace_id = coalesce(?, workspace_id), version = version + 1
        where tenant_id = ? and id = ?""",
        data.name(),
        data.name() == null ? null : normalised(data.name()),
        data.workspaceId(),
        tx.context().tenantId(),
        id);
  }

  /** Removes a list and who is on it. */
  public void delete(Tx tx, UUID id) throws SQLException {
    UUID tenant = tx.context().tenantId();
    Sql.update(
        tx, "delete from tenant.list_member where tenant_id = ? and list_id = ?", tenant, id);
    Sql.update(tx, "delete from tenant.contact_list where tenant_id = ? and id = ?", tenant, id);
  }

  /** Returns the workspace of a list, or empty. */
  public Optional<UUID> workspace(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx,
        row -> row.getObject(1, UUID.class),
        "select workspace_id from tenant.contact_list where tenant_id = ? and id = ?",
        tx.context().tenantId(),
        id);
  }

  /** Holds contacts against removal until the transaction ends; returns how many there are. */
  public int lockContacts(Tx tx, Set<UUID> contacts) throws SQLException {
    return Sql.list(
            tx,
            row -> row.getObject(1, UUID.class),
            "select c.id from tenant.contact c where c.tenant_id = ? and c.id = any (?)"
                + ContactStore.visible(tx.context())
                + " order by c.id for key share of c",
            tx.context().tenantId(),
            contacts.toArray(new UUID[0]))
        .size();
  }

  /** Puts contacts on a list; returns how many were not on it before. */
  public int add(Tx tx, UUID id, Set<UUID> contacts) throws SQLException {
    return Sql.update(
        tx,
        """
        insert into tenant.list_member (tenant_id, list_id, contact_id)
        select ?, ?, contact from unnest(?) contact on conflict do nothing""",
        tx.context().tenantId(),
        id,
        contacts.toArray(new UUID[0]));
  }

  /** Takes a contact off a list. */
  public void remove(Tx tx, UUID id, UUID contact) throws SQLException {
    Sql.update(
        tx,
        "delete from tenant.list_member where tenant_id = ? and list_id = ? and contact_id = ?",
        tx.context().tenantId(),
        id,
        contact);
  }

  private static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static ContactList read(ResultSet row) throws SQLException {
    return new ContactList(
        row.getObject("id", UUID.class),
        row.getObject("workspace_id", UUID.class),
        row.getString("name"),
        row.getLong("contacts"),
        Sql.instant(row, "created_at"),
        row.getLong("version"));
  }
}
