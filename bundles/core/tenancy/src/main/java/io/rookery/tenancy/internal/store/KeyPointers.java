// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** Pointers from a key's digest to whose key it is. */
public final class KeyPointers {

  private static final String ADD =
      "insert into platform.api_key_pointer (digest, tenant_id, key_id, pepper_id, created_at)"
          + " values (?, ?, ?, ?, ?)";
  private static final String FIND =
      "select tenant_id, key_id, digest from platform.api_key_pointer where digest = any(?)";
  private static final String NO_KEY =
      " and not exists"
          + " (select from tenant.api_key k where k.tenant_id = p.tenant_id and k.id = p.key_id)";
  private static final String REMOVE =
      "delete from platform.api_key_pointer p where p.digest = ?" + NO_KEY;
  private static final String SWEEP =
      "delete from platform.api_key_pointer p where p.created_at < ?" + NO_KEY;

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public KeyPointers(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Writes a pointer ahead of its key. */
  public void add(Pointer pointer, int pepperId, Instant now) {
    transactions.system(
        SystemPurpose.TENANT_DIRECTORY,
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setBytes(1, pointer.digest());
            insert.setObject(2, pointer.tenantId());
            insert.setObject(3, pointer.keyId());
            insert.setInt(4, pepperId);
            insert.setObject(5, now.atOffset(ZoneOffset.UTC));
            return insert.executeUpdate();
          }
        });
  }

  /** Takes a pointer back where its key was not made. */
  public void removeOrphan(Pointer pointer) {
    transactions.system(
        SystemPurpose.TENANT_DIRECTORY,
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
            delete.setBytes(1, pointer.digest());
            return delete.executeUpdate();
          }
        });
  }

  /** Returns the pointer of any of a key's digests under different peppers. */
  public Optional<Pointer> find(Collection<byte[]> digests) {
    return transactions.system(
        SystemPurpose.TENANT_DIRECTORY, connection -> find(connection, digests));
  }

  private static Optional<Pointer> find(Connection connection, Collection<byte[]> digests)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setArray(1, connection.createArrayOf("bytea", digests.toArray(byte[][]::new)));
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Pointer(
                    row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getBytes(3)))
            : Optional.empty();
      }
    }
  }

  /** Removes pointers of before a moment whose key does not exist; returns how many. */
  public int sweep(Instant before) {
    return transactions.system(
        SystemPurpose.TENANT_DIRECTORY,
        connection -> {
          try (PreparedStatement sweep = connection.prepareStatement(SWEEP)) {
            sweep.setObject(1, before.atOffset(ZoneOffset.UTC));
            return sweep.executeUpdate();
          }
        });
  }

  /** Whose key a digest belongs to. */
  public record Pointer(UUID tenantId, UUID keyId, byte[] digest) {}
}
