// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.api.contacts.ImportService.Counts;
import io.rookery.contacts.internal.store.AttributeTokens;
import io.rookery.contacts.internal.store.Json;
import io.rookery.contacts.internal.store.Sql;
import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Brings staged rows among the contacts, set by set. A contact remembers the last import that saw
 * it, so a row whose contact this import has seen before is a repeated one, whatever came in
 * between.
 */
final class Merge {

  private static final String INSERT =
      """
      insert into tenant.contact (tenant_id, id, email, email_normalised, address_digest,
        domain_digest, first_name, last_name, attributes, country, lawful_basis, source,
        tracking_consent, restricted, created_at, updated_at, version, last_import_id)
      select ?, id, email, email_normalised, address_digest, domain_digest,
        coalesce(first_name, ?), coalesce(last_name, ?), coalesce(?::jsonb || attributes, attributes),
        coalesce(country, ?), coalesce(lawful_basis, ?), coalesce(source, ?),
        coalesce(tracking_consent, ?::boolean, false), false, ?, ?, 1, ?
      from import_row order by email_normalised
      on conflict (tenant_id, email_normalised) do nothing""";

  private static final String MATCH_TABLE =
      """
      create temp table import_match (row_id uuid primary key, contact_id uuid, repeated boolean,
        changed boolean, old_attributes jsonb) on commit drop""";

  private static final String MATCH =
      """
      insert into import_match
      select r.id, c.id, c.last_import_id is not distinct from '%1$s'::uuid,
        %3$s and (r.first_name is not null and r.first_name is distinct from c.first_name
          or r.last_name is not null and r.last_name is distinct from c.last_name
          or r.country is not null and r.country is distinct from c.country
          or r.lawful_basis is not null and r.lawful_basis is distinct from c.lawful_basis
          or r.source is not null and r.source is distinct from c.source
          or r.tracking_consent is not null and r.tracking_consent <> c.tracking_consent
          or (c.attributes || r.attributes) <> c.attributes), c.attributes
      from import_row r
      join tenant.contact c on c.tenant_id = '%2$s'::uuid and c.email_normalised = r.email_normalised
      where c.id <> r.id order by c.email_normalised for update of c;
      analyze import_match""";

  private static final String UPDATE =
      """
      update tenant.contact c set first_name = coalesce(r.first_name, c.first_name),
        last_name = coalesce(r.last_name, c.last_name), attributes = c.attributes || r.attributes,
        country = coalesce(r.country, c.country),
        lawful_basis = coalesce(r.lawful_basis, c.lawful_basis),
        source = coalesce(r.source, c.source),
        tracking_consent = coalesce(r.tracking_consent, c.tracking_consent),
        updated_at = ?, version = c.version + 1
      from import_match m join import_row r on r.id = m.row_id
      where c.tenant_id = ? and c.id = m.contact_id and m.changed and not m.repeated""";

  private static final String SEEN =
      """
      update tenant.contact c set last_import_id = ? from import_match m
      where c.tenant_id = ? and c.id = m.contact_id and not m.repeated""";

  /**
   * Tokens of the old values are made before the table is met, whose index serves none but columns.
   */
  private static final String FORGET_ATTRIBUTES =
      """
      with old as materialized (
        select m.contact_id, %s as token
        from import_match m cross join lateral jsonb_each_text(m.old_attributes) e
        where m.changed and not m.repeated)
      delete from tenant.contact_attribute a using old
      where a.tenant_id = ? and a.token = old.token and a.contact_id = old.contact_id"""
          .formatted(AttributeTokens.sql("e.key", "e.value"));

  private static final String NEW_ATTRIBUTES =
      """
      insert into tenant.contact_attribute (tenant_id, token, contact_id)
      select ?, t.token, r.id
      from import_row r cross join lateral unnest(r.tokens) t(token)
      %s
      order by t.token""";

  private static final String UNMATCHED =
      "where not exists (select from import_match m where m.row_id = r.id)";

  private static final String CHANGED_ATTRIBUTES =
      """
      insert into tenant.contact_attribute (tenant_id, token, contact_id)
      select ?, %s, m.contact_id
      from import_match m join import_row r on r.id = m.row_id
      cross join lateral jsonb_each_text(m.old_attributes || r.attributes) e
      where m.changed and not m.repeated on conflict do nothing"""
          .formatted(AttributeTokens.sql("e.key", "e.value"));

  private static final String NEW_MEMBERS =
      """
      insert into tenant.list_member (tenant_id, list_id, contact_id)
      select l.tenant_id, l.id, r.id
      from tenant.contact_list l cross join import_row r
      where l.tenant_id = ? and l.id = ? on conflict do nothing""";

  private static final String MEMBERS =
      """
      insert into tenant.list_member (tenant_id, list_id, contact_id)
      select l.tenant_id, l.id, coalesce(m.contact_id, r.id)
      from tenant.contact_list l cross join import_row r
      left join import_match m on m.row_id = r.id
      where l.tenant_id = ? and l.id = ? on conflict do nothing""";

  private final ImportStore.Standing standing;
  private final String defaultAttributes;
  private final int staged;
  private int created;

  Merge(ImportStore.Standing standing, int staged) {
    this.standing = standing;
    this.staged = staged;
    Map<String, Object> attributes = defaultAttributes(standing);
    this.defaultAttributes = attributes.isEmpty() ? null : Json.write(attributes);
  }

  /** Returns the attributes of new contacts that a row does not give. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> defaultAttributes(ImportStore.Standing standing) {
    Object attributes = standing.defaults().get("attributes");
    return attributes == null ? Map.of() : (Map<String, Object>) attributes;
  }

  /**
   * Merges what is staged into the contacts themselves; returns what came of it. Locks every
   * contact that it finds.
   */
  Counts contacts(Tx tx, Instant now) throws SQLException {
    UUID tenant = tx.context().tenantId();
    created = insert(tx, tenant, now);
    return created == staged ? new Counts(staged, created, 0, 0, 0, 0) : existing(tx, tenant, now);
  }

  /** Writes what hangs on the contacts: attributes by which they are searched, membership. */
  void attachments(Tx tx) throws SQLException {
    UUID tenant = tx.context().tenantId();
    if (created > 0) {
      String attributes = NEW_ATTRIBUTES.formatted(created == staged ? "" : UNMATCHED);
      Sql.update(tx, attributes, tenant);
    }
    if (standing.listId() != null) {
      String members = created == staged ? NEW_MEMBERS : MEMBERS;
      Sql.update(tx, members, tenant, standing.listId());
    }
  }

  private int insert(Tx tx, UUID tenant, Instant now) throws SQLException {
    Map<String, Object> defaults = standing.defaults();
    return Sql.update(
        tx,
        INSERT,
        tenant,
        defaults.get(Columns.FIRST_NAME),
        defaults.get(Columns.LAST_NAME),
        defaultAttributes,
        defaults.get(Columns.COUNTRY),
        defaults.get(Columns.LAWFUL_BASIS),
        defaults.get(Columns.SOURCE),
        defaults.get(Columns.TRACKING_CONSENT),
        now,
        now,
        standing.id());
  }

  private Counts existing(Tx tx, UUID tenant, Instant now) throws SQLException {
    int rows = staged - created;
    execute(tx, MATCH_TABLE);
    // Only here does anybody look rows up; a key from the start costs COPY a quarter more.
    execute(tx, "alter table import_row add primary key (id)");
    // Without statistics a hash join looks cheap, but reads all contacts for every chunk.
    execute(tx, "set local enable_hashjoin = off; set local enable_mergejoin = off");
    execute(tx, "analyze import_row");
    execute(tx, MATCH.formatted(standing.id(), tenant, standing.updateExisting()));
    Sql.update(tx, FORGET_ATTRIBUTES, tenant);
    int updated = Sql.update(tx, UPDATE, now, tenant);
    int seen = Sql.update(tx, SEEN, standing.id(), tenant);
    Sql.update(tx, CHANGED_ATTRIBUTES, tenant);
    return new Counts(staged, created, updated, seen - updated, rows - seen, 0);
  }

  private static void execute(Tx tx, String sql) throws SQLException {
    try (Statement statement = tx.connection().createStatement()) {
      statement.execute(sql);
    }
  }
}
