// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.contacts.internal.AddressDigests;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Select;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The contacts' tables. */
public final class ContactStore {

  private static final String FIELDS =
      """
      c.id, c.email, c.first_name, c.last_name, c.attributes::text as attributes, c.country,
      c.lawful_basis, c.source, c.tracking_consent, c.created_at, c.updated_at, c.version
      """;

  private static final String SUPPRESSED =
      """
      , exists (select from tenant.suppression s
                where s.tenant_id = c.tenant_id and s.digest in (c.address_digest, c.domain_digest))
        or exists (select from platform.suppression p
                   where p.digest in (c.address_digest, c.domain_digest)) as suppressed
      """;

  /** A contact is the tenant's: who sees some workspaces sees those on one of their lists. */
  private static final String ON_A_LIST =
      """
       and exists (select from tenant.list_member lm
        join tenant.contact_list l on l.tenant_id = lm.tenant_id and l.id = lm.list_id
        where lm.tenant_id = c.tenant_id and lm.contact_id = c.id)
      """;

  private final AddressDigests digests;

  /** Keeps contacts with digests of their addresses. */
  public ContactStore(AddressDigests digests) {
    this.digests = digests;
  }

  /** Inserts a contact; returns false where its address is taken. */
  public boolean insert(Tx tx, ContactRow row, String normalised) throws SQLException {
    ContactData data = row.data();
    int inserted =
        Sql.update(
            tx,
            """
            insert into tenant.contact (tenant_id, id, email, email_normalised, address_digest,
              domain_digest, first_name, last_name, attributes, country, lawful_basis, source,
              tracking_consent, restricted, created_at, updated_at, version)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, false, ?, ?, ?)
            on conflict (tenant_id, email_normalised) do nothing""",
            tx.context().tenantId(),
            row.id(),
            data.email(),
            normalised,
            digests.address(normalised),
            digests.domainOf(normalised),
            data.firstName(),
            data.lastName(),
            Json.write(data.attributes()),
            data.country(),
            data.lawfulBasis(),
            data.source(),
            data.trackingConsent(),
            row.createdAt(),
            row.updatedAt(),
            row.version());
    if (inserted == 1) {
      insertAttributes(tx, row.id(), data.attributes());
    }
    return inserted == 1;
  }

  /** Writes a contact anew, whose row the caller has locked. */
  public void update(Tx tx, ContactRow old, ContactRow row, String normalised) throws SQLException {
    ContactData data = row.data();
    Sql.update(
        tx,
        """
        update tenant.contact set email = ?, email_normalised = ?, address_digest = ?,
          domain_digest = ?, first_name = ?, last_name = ?, attributes = ?::jsonb, country = ?,
          lawful_basis = ?, source = ?, tracking_consent = ?, updated_at = ?, version = ?
        where tenant_id = ? and id = ?""",
        data.email(),
        normalised,
        digests.address(normalised),
        digests.domainOf(normalised),
        data.firstName(),
        data.lastName(),
        Json.write(data.attributes()),
        data.country(),
        data.lawfulBasis(),
        data.source(),
        data.trackingConsent(),
        row.updatedAt(),
        row.version(),
        tx.context().tenantId(),
        row.id());
    if (!old.data().attributes().equals(data.attributes())) {
      deleteAttributes(tx, row.id(), old.data().attributes());
      insertAttributes(tx, row.id(), data.attributes());
    }
  }

  /** Keeps by its digest an address that a contact has no longer. */
  public void keepFormer(Tx tx, UUID contact, String normalised, Instant now) throws SQLException {
    Sql.update(
        tx,
        """
        insert into tenant.former_address (tenant_id, id, contact_id, digest, hint, ended_at)
        values (?, ?, ?, ?, ?, ?)
        on conflict (tenant_id, contact_id, digest) do update set ended_at = excluded.ended_at""",
        tx.context().tenantId(),
        Uuids.next(),
        contact,
        digests.address(normalised),
        AddressDigests.hint(normalised),
        now);
  }

  /** Removes a contact and what hangs on it, but no suppression. */
  public void delete(Tx tx, ContactRow row) throws SQLException {
    UUID tenant = tx.context().tenantId();
    deleteAttributes(tx, row.id(), row.data().attributes());
    Sql.update(
        tx,
        "delete from tenant.list_member where tenant_id = ? and contact_id = ?",
        tenant,
        row.id());
    Sql.update(tx, "delete from tenant.contact where tenant_id = ? and id = ?", tenant, row.id());
  }

  /** Returns what more a statement about contacts {@code c} asks for in a restricted context. */
  static String visible(TenantContext context) {
    return context.restricted() ? ON_A_LIST : "";
  }

  /** Returns how a contact is read. */
  public static Select<Contact> contact(TenantContext context, UUID id) {
    return new Select<>(
        "select "
            + FIELDS
            + SUPPRESSED
            + " from tenant.contact c where c.tenant_id = ? and c.id = ?"
            + visible(context),
        List.of(context.tenantId(), id),
        ContactRow::readContact);
  }

  /** Returns a contact, or empty. */
  public Optional<Contact> find(Tx tx, UUID id) throws SQLException {
    return contact(tx.context(), id).on(tx.connection()).stream().findFirst();
  }

  /** Returns a contact and locks its row, or empty. */
  public Optional<ContactRow> lock(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx,
        ContactRow::read,
        "select "
            + FIELDS
            + " from tenant.contact c where c.tenant_id = ? and c.id = ?"
            + visible(tx.context())
            + " for update of c",
        tx.context().tenantId(),
        id);
  }

  /** Returns contacts in the order of their ids, beyond an id, which may be null. */
  public List<Contact> list(Tx tx, Search search, UUID beyond, int limit) throws SQLException {
    List<Object> values = new ArrayList<>();
    String sql = search(tx, search, values);
    if (beyond != null) {
      sql += " and " + search.position() + " > ?";
      values.add(beyond);
    }
    sql += " order by " + search.position() + " limit ?";
    values.add(limit);
    return Sql.list(tx, ContactRow::readContact, sql, values.toArray());
  }

  private static String search(Tx tx, Search search, List<Object> values) {
    StringBuilder sql = new StringBuilder("select " + FIELDS + SUPPRESSED + " from ");
    UUID tenant = tx.context().tenantId();
    if (search.listId() != null) {
      sql.append(
          "tenant.list_member m join tenant.contact c on c.tenant_id = ? and c.id = m.contact_id"
              + " where m.tenant_id = ? and m.list_id = ?");
      values.addAll(List.of(tenant, tenant, search.listId()));
      if (tx.context().restricted()) {
        sql.append(
            " and exists (select from tenant.contact_list l"
                + " where l.tenant_id = m.tenant_id and l.id = m.list_id)");
      }
    } else {
      sql.append("tenant.contact c where c.tenant_id = ?").append(visible(tx.context()));
      values.add(tenant);
    }
    if (search.normalised() != null) {
      sql.append(" and c.email_normalised = ?");
      values.add(search.normalised());
    }
    search
        .attributes()
        .forEach(
            (name, value) -> {
              sql.append(
                  " and c.id in (select a.contact_id from tenant.contact_attribute a where"
                      + " a.tenant_id = ? and a.token = ?) and left(c.attributes ->> ?, ?) = ?");
              values.addAll(
                  List.of(
                      tenant,
                      new AttributeTokens().of(name, value),
                      name,
                      AttributeTokens.SEARCHABLE,
                      AttributeTokens.searchable(value)));
            });
    return sql.toString();
  }

  private static void insertAttributes(Tx tx, UUID contact, Map<String, Object> attributes)
      throws SQLException {
    if (!attributes.isEmpty()) {
      Sql.update(
          tx,
          """
          insert into tenant.contact_attribute (tenant_id, token, contact_id)
          select ?, token, ? from unnest(?) token""",
          tx.context().tenantId(),
          contact,
          new AttributeTokens().of(attributes));
    }
  }

  private static void deleteAttributes(Tx tx, UUID contact, Map<String, Object> attributes)
      throws SQLException {
    if (!attributes.isEmpty()) {
      Sql.update(
          tx,
          """
          delete from tenant.contact_attribute
          where tenant_id = ? and token = any (?) and contact_id = ?""",
          tx.context().tenantId(),
          new AttributeTokens().of(attributes),
          contact);
    }
  }

  /** What is looked for; null parts do not narrow. */
  public record Search(UUID listId, String normalised, Map<String, String> attributes) {

    String position() {
      return listId == null ? "c.id" : "m.contact_id";
    }
  }
}
