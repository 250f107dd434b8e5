// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.SecretBearing;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys that tenants used and what they were answered. A key is claimed by an advisory lock that
 * lasts as long as the transaction, so a second request is told at once that the first still runs.
 */
final class IdempotencyRecords {

  private static final Duration LIFETIME = Duration.ofHours(24);

  private static final String CLAIM = "select pg_try_advisory_xact_lock(hashtextextended(?, 0))";
  private static final String FIND =
      "select fingerprint, result, result_id from tenant.idempotency"
          + " where tenant_id = ? and key = ? and expires_at > ?";
  private static final String KEEP =
      "insert into tenant.idempotency"
          + " (tenant_id, key, fingerprint, result, result_id, expires_at)"
          + " values (?, ?, ?, ?, ?, ?) on conflict (tenant_id, key) do update set"
          + " fingerprint = excluded.fingerprint, result = excluded.result,"
          + " result_id = excluded.result_id, expires_at = excluded.expires_at";
  private static final String SWEEP =
      "delete from tenant.idempotency where (tenant_id, key) in"
          + " (select tenant_id, key from tenant.idempotency where expires_at <= ? limit 1000)";

  private final ResultCodec codec = new ResultCodec();
  private final Clock clock;

  IdempotencyRecords(Clock clock) {
    this.clock = clock;
  }

  /** Claims the context's key for this transaction and returns what the key was answered before. */
  <R> Optional<Kept<R>> claim(Tx tx, Class<R> type) throws SQLException {
    TenantContext context = tx.context();
    lock(tx.connection(), context);
    try (PreparedStatement find = tx.connection().prepareStatement(FIND)) {
      find.setObject(1, context.tenantId());
      find.setString(2, context.idempotencyKey().key());
      find.setTimestamp(3, Timestamp.from(clock.instant()));
      try (ResultSet row = find.executeQuery()) {
        return row.next()
            ? Optional.of(kept(row, context.idempotencyKey(), type))
            : Optional.empty();
      }
    }
  }

  private static void lock(Connection connection, TenantContext context) throws SQLException {
    try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setString(1, context.tenantId() + " " + context.idempotencyKey().key());
      try (ResultSet row = claim.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          throw new RookeryException(
              CommonErrors.IDEMPOTENCY_KEY_IN_USE,
              "The first request with this Idempotency-Key is still running");
        }
      }
    }
  }

  private <R> Kept<R> kept(ResultSet row, IdempotencyKey key, Class<R> type) throws SQLException {
    if (!row.getString(1).equals(key.fingerprint())) {
      throw new RookeryException(
          CommonErrors.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key came with another request before");
    }
    UUID id = row.getObject(3, UUID.class);
    if (id != null) {
      throw new RookeryException(
          CommonErrors.ALREADY_DONE,
          "This request was answered already, with a secret that is shown once; it made " + id);
    }
    String result = row.getString(2);
    return new Kept<>(result == null ? null : codec.read(result, type));
  }

  /** Keeps a result with the key that this transaction claimed. */
  void keep(Tx tx, Object result) throws SQLException {
    TenantContext context = tx.context();
    boolean secret = result instanceof SecretBearing;
    try (PreparedStatement keep = tx.connection().prepareStatement(KEEP)) {
      keep.setObject(1, context.tenantId());
      keep.setString(2, context.idempotencyKey().key());
      keep.setString(3, context.idempotencyKey().fingerprint());
      keep.setString(4, secret || result == null ? null : codec.write(result));
      keep.setObject(5, secret ? ((SecretBearing) result).id() : null, java.sql.Types.OTHER);
      keep.setTimestamp(6, Timestamp.from(clock.instant().plus(LIFETIME)));
      keep.executeUpdate();
    }
  }

  /** Removes some records that have expired, of all tenants; returns how many. */
  int sweep(Connection system, Instant now) throws SQLException {
    try (PreparedStatement sweep = system.prepareStatement(SWEEP)) {
      sweep.setTimestamp(1, Timestamp.from(now));
      return sweep.executeUpdate();
    }
  }

  /** A result that was kept; null where the work returned null. */
  record Kept<R>(R result) {}
}
