// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.contacts.internal.store.AttributeTokens;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Rows of a large tenant beside a hundred small ones, made by the owner of the tables. The n-th
 * contact, recipient and message have the id n, so that each can be found again.
 *
 * @param tenant the large tenant
 * @param size how many contacts, recipients, messages and events it has
 */
record PlansData(UUID tenant, int size) {

  static final UUID LIST = id(1);
  static final UUID CAMPAIGN = id(2);

  /** Half of all messages leave through this mailbox, the rest through a hundred others. */
  static final UUID MAILBOX = id(1000);

  private static final int BATCH = 10_000;
  private static final String CONTACTS =
      """
      insert into tenant.contact (tenant_id, id, email, email_normalised, address_digest,
        domain_digest, first_name, attributes, country, tracking_consent, restricted, created_at,
        updated_at, version)
      select ?::uuid, n_id, address, address, sha256(address::bytea), sha256((n % 500)::text::bytea),
        'Ada', jsonb_build_object('city', 'City ' || n % 100, 'company', 'Company ' || n % 5000),
        'DE', true, false, now(), now(), 1
      from (select n, lpad(to_hex(n), 32, '0')::uuid as n_id,
                   'user' || n || '@dest' || n % 500 || '.example' as address
            from generate_series(?::int, ?) n) rows
      """;
  private static final String ATTRIBUTES =
      """
      insert into tenant.contact_attribute (tenant_id, token, contact_id)
      select ?::uuid, %s, lpad(to_hex(n), 32, '0')::uuid
      from generate_series(?::int, ?) n,
        lateral (values ('city', 'City ' || n %% 100), ('company', 'Company ' || n %% 5000)) a(name, value)
      """
          .formatted(AttributeTokens.sql("a.name", "a.value"));
  private static final String MEMBERS =
      """
      insert into tenant.list_member
      select ?::uuid, '%s', lpad(to_hex(n), 32, '0')::uuid from generate_series(?::int, ?) n
      """
          .formatted(LIST);
  private static final String RECIPIENTS =
      """
      insert into tenant.recipient
      select ?::uuid, lpad(to_hex(n), 32, '0')::uuid, '%s', lpad(to_hex(n), 32, '0')::uuid,
        case when n %% 100 = 0 then 'waiting' else 'assigned' end
      from generate_series(?::int, ?) n
      """
          .formatted(CAMPAIGN);
  private static final String MESSAGES =
      """
      insert into tenant.message (tenant_id, id, campaign_id, content_id, contact_id, lane_id, host,
        priority, state, due_at, expires_at, attempts, reply_code, created_at)
      select ?::uuid, lpad(to_hex(n), 32, '0')::uuid, '%s', '%s', lpad(to_hex(n), 32, '0')::uuid,
        lpad(to_hex(1000 + case when n %% 2 = 0 then 0 else 1 + n %% 100 end), 32, '0')::uuid,
        'dest.example', 1, 'due', now() - interval '1 h', now() + interval '3 d', 0, 0, now()
      from generate_series(?::int, ?) n
      """
          .formatted(CAMPAIGN, CAMPAIGN);
  private static final String ACCEPT =
      """
      update tenant.message set state = 'accepted', reply_code = 250,
        finished_at = now() - interval '4 d' * (1 - (?::float8 / ?))
      where tenant_id = ? and id between ? and ?
      """;
  private static final String EVENTS =
      """
      insert into tenant.event (tenant_id, id, incarnation, type, subject_id, subject_version,
        occurred_at, actor, request_id, data)
      select ?::uuid, lpad(to_hex(n), 32, '0')::uuid, 1, 'message.accepted',
        lpad(to_hex(n), 32, '0')::uuid, 1, now(), 'system', '-', '{}'
      from generate_series(?::int, ?) n
      """;

  static UUID id(long number) {
    return new UUID(0, number);
  }

  /** Makes all rows; every message is due. */
  void make(Connection owner) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute(scene());
    }
    for (String sql : new String[] {CONTACTS, ATTRIBUTES, MEMBERS, RECIPIENTS, MESSAGES, EVENTS}) {
      for (int from = 1; from <= size; from += BATCH) {
        insert(owner, sql, tenant, from, Math.min(size, from + BATCH - 1));
      }
    }
    for (int other = 1; other <= 100; other++) {
      for (String sql : new String[] {CONTACTS, MESSAGES}) {
        insert(owner, sql, id(other), 1, 10);
      }
    }
    try (Statement statement = owner.createStatement()) {
      statement.execute("analyze");
    }
  }

  private static void insert(Connection owner, String sql, UUID tenant, int from, int to)
      throws SQLException {
    try (PreparedStatement insert = owner.prepareStatement(sql)) {
      insert.setObject(1, tenant);
      insert.setInt(2, from);
      insert.setInt(3, to);
      insert.executeUpdate();
    }
  }

  private String scene() {
    return """
        insert into tenant.contact_list values ('%1$s', '%2$s', 'all', 'all', now(), 1, '%1$s');
        insert into tenant.mailbox (tenant_id, workspace_id, id, address, address_normalised, backend, settings,
          secret_settings, daily_limit, minimum_gap_millis, created_at, version)
        select '%1$s', '%1$s', lpad(to_hex(1000 + n), 32, '0')::uuid, n || '@own.example',
          n || '@own.example', 'smtp', '{}', '{}', 1000000, 0, now(), 1
        from generate_series(0, 100) n;
        insert into tenant.lane (tenant_id, id, due_at, fence)
        select tenant_id, id, now(), 0 from tenant.mailbox;
        insert into tenant.campaign (tenant_id, workspace_id, id, name, list_ids, mailbox_ids, category,
          track_opens, track_clicks, state, mode, content_id, created_at, version)
        values ('%1$s', '%1$s', '%3$s', 'all', '{}', '{}', 'commercial', true, true, 'running', 'live',
          '%3$s', now(), 1);
        insert into tenant.suppression
        select '%1$s', lpad(to_hex(n), 32, '0')::uuid, sha256(('gone' || n)::bytea), false, 'x',
          'MANUAL', now() from generate_series(1, 10000) n
        """
        .formatted(tenant, LIST, CAMPAIGN);
  }

  /** Has messages accepted in the order in which they are sent, each block as recorders do it. */
  void accept(Connection owner, int from, int to) throws SQLException {
    try (PreparedStatement update = owner.prepareStatement(ACCEPT)) {
      update.setInt(1, to);
      update.setInt(2, size);
      update.setObject(3, tenant);
      update.setObject(4, id(from));
      update.setObject(5, id(to));
      update.executeUpdate();
    }
  }

  /** Makes one of a hundred messages a dead letter, and an hour of rates of two nodes. */
  void fail(Connection owner) throws SQLException {
    String died =
        """
        update tenant.message set state = 'failed', reply_code = 550 + (random() * 3)::int,
          enhanced_code = '5.1.1', detail = 'No such user', finished_at = now()
        where tenant_id = ? and id in (
          select lpad(to_hex(n * 100), 32, '0')::uuid from generate_series(1, ?) n)
        """;
    String rates =
        """
        insert into tenant.sending_rate
        select ?, gen_random_uuid(), 'node' || k.node, k.kind, k.name, 'live',
          date_trunc('minute', now()) - m * interval '1 min', 60, 5, 1, 0, 0, 1, now()
        from generate_series(0, 60) m,
          (select node, 'mailbox' as kind, lpad(to_hex(1000 + n), 32, '0')::uuid::text as name
           from generate_series(1, 2) node, generate_series(0, 100) n
           union all
           select node, 'domain', 'dest' || n || '.example'
           from generate_series(1, 2) node, generate_series(1, 21) n) k
        where ? > 0
        """;
    for (String sql : new String[] {died, rates}) {
      try (PreparedStatement statement = owner.prepareStatement(sql)) {
        statement.setObject(1, tenant);
        statement.setInt(2, size / 100);
        statement.executeUpdate();
      }
    }
  }
}
