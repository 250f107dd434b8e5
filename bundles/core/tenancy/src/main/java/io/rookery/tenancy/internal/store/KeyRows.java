// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.entity.ScopeText;
import io.rookery.tenancy.internal.store.KeyPointers.Pointer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What authentication reads of a key and notes about it. */
public final class KeyRows {

  private static final Actor ACTOR = Actor.system("tenancy");
  private static final String LOAD =
      "select k.scopes, k.addresses, k.mode, k.expires_at, k.revoked_at, t.status,"
          + " k.restricted_to"
          + " from tenant.api_key k"
          + " join tenant.tenant t on t.tenant_id = k.tenant_id and t.id = k.tenant_id"
          + " where k.tenant_id = ? and k.id = ? and k.digest = ?";
  private static final String USED =
      "update tenant.api_key k set last_used_at = u.at"
          + " from unnest(?::uuid[], ?::timestamptz[]) as u (id, at)"
          + " where k.tenant_id = ? and k.id = u.id"
          + " and (k.last_used_at is null or k.last_used_at < u.at)";

  private final Transactions transactions;

  /** Works through tenants' transactions. */
  public KeyRows(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Reads the key that a pointer leads to; empty where the pointer is an orphan. */
  public Optional<StoredKey> load(Pointer pointer) {
    TenantContext context = TenantContext.of(pointer.tenantId(), ACTOR);
    return transactions.call(context, tx -> load(tx.connection(), pointer));
  }

  private static Optional<StoredKey> load(Connection connection, Pointer pointer)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LOAD)) {
      query.setObject(1, pointer.tenantId());
      query.setObject(2, pointer.keyId());
      query.setBytes(3, pointer.digest());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(key(row)) : Optional.empty();
      }
    }
  }

  private static StoredKey key(ResultSet row) throws SQLException {
    return new StoredKey(
        ScopeText.readScopes(row.getString(1)),
        ScopeText.readAddresses(row.getString(2)),
        ScopeText.readMode(row.getString(3)),
        instant(row.getObject(4, OffsetDateTime.class)),
        row.getObject(5, OffsetDateTime.class) != null,
        row.getString(6).equals("suspended"),
        workspaces(row.getObject(7, UUID.class)));
  }

  private static Set<UUID> workspaces(UUID only) {
    return only == null ? null : Set.of(only);
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Notes when keys of a tenant were last used; an older moment never replaces a newer one. */
  public void used(UUID tenantId, Map<UUID, Instant> keys) {
    transactions.call(
        TenantContext.of(tenantId, ACTOR),
        tx -> {
          used(tx, keys);
          return null;
        });
  }

  private static void used(Tx tx, Map<UUID, Instant> keys) throws SQLException {
    Connection connection = tx.connection();
    try (PreparedStatement update = connection.prepareStatement(USED)) {
      update.setArray(1, connection.createArrayOf("uuid", keys.keySet().toArray()));
      Object[] moments = keys.values().stream().map(Instant::toString).toArray();
      update.setArray(2, connection.createArrayOf("text", moments));
      update.setObject(3, tx.context().tenantId());
      update.executeUpdate();
    }
  }
}
