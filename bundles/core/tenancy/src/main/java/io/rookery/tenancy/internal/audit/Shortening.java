// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.audit.chain.ChainStore;
import io.rookery.tenancy.internal.audit.chain.ChainStore.End;
import io.rookery.tenancy.internal.audit.head.Head;
import io.rookery.tenancy.internal.audit.head.Head.Signed;
import io.rookery.tenancy.internal.audit.head.HeadKeys;
import io.rookery.tenancy.internal.audit.head.HeadRows;
import io.rookery.tenancy.internal.audit.verify.ChainWalk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shortens a chain from its beginning, ten thousand entries a transaction, each leaving a signed
 * checkpoint. Entries that do not hold are kept: dropping them would drop what proves it.
 */
final class Shortening {

  private static final Logger LOG = LoggerFactory.getLogger(Shortening.class);
  private static final Actor ACTOR = Actor.system("audit");
  private static final int BLOCK = 10_000;
  private static final String FIRST =
      """
      select seq, hash, recorded_at from tenant.audit_entry
      where tenant_id = ? and seq > ? order by seq limit ?""";
  private static final String DROP =
      "delete from tenant.audit_entry where tenant_id = ? and seq <= ?";
  private static final String FORGET =
      """
      update tenant.audit_entry set source = null, source_salt = null
      where tenant_id = ? and seq in (select seq from tenant.audit_entry
        where tenant_id = ? and source_salt is not null and recorded_at < ? limit ?)""";

  private final Transactions transactions;
  private final HeadKeys keys;
  private final Clock clock;

  Shortening(Transactions transactions, HeadKeys keys, Clock clock) {
    this.transactions = transactions;
    this.keys = keys;
    this.clock = clock;
  }

  /** Drops what was recorded before a moment, up to the first entry that was not. */
  long drop(UUID tenant, Instant before) {
    long dropped = 0;
    while (true) {
      End beginning = beginning(tenant);
      Optional<End> last =
          transactions.system(
              SystemPurpose.RETENTION, connection -> last(connection, tenant, beginning, before));
      if (last.isEmpty() || !holds(tenant, beginning, last.get())) {
        return dropped;
      }
      dropped +=
          transactions.system(
              SystemPurpose.RETENTION, connection -> drop(connection, tenant, last.get()));
    }
  }

  private End beginning(UUID tenant) {
    return transactions
        .system(SystemPurpose.RETENTION, connection -> new HeadRows(connection).checkpoint(tenant))
        .map(signed -> new End(signed.head().seq(), signed.head().hash()))
        .orElse(ChainStore.BEGINNING);
  }

  private static Optional<End> last(
      Connection connection, UUID tenant, End beginning, Instant before) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIRST)) {
      query.setObject(1, tenant);
      query.setLong(2, beginning.seq());
      query.setInt(3, BLOCK);
      End last = null;
      try (ResultSet row = query.executeQuery()) {
        while (row.next() && row.getObject(3, OffsetDateTime.class).toInstant().isBefore(before)) {
          last = new End(row.getLong(1), row.getBytes(2));
        }
      }
      return Optional.ofNullable(last);
    }
  }

  private boolean holds(UUID tenant, End beginning, End last) {
    boolean holds =
        transactions.call(
            TenantContext.of(tenant, ACTOR), tx -> ChainWalk.holds(tx, beginning, last.seq()));
    if (!holds) {
      LOG.error(
          "Old audit entries of tenant {} are kept, as they do not hold; rookery:audit-verify"
              + " tells what is wrong",
          tenant);
    }
    return holds;
  }

  private long drop(Connection connection, UUID tenant, End last) throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Signed checkpoint =
        keys.sign(Head.Kind.CHECKPOINT, new Head(tenant, last.seq(), last.hash(), now));
    HeadRows heads = new HeadRows(connection);
    heads.putCheckpoint(checkpoint);
    heads.drop(tenant, last.seq());
    try (PreparedStatement drop = connection.prepareStatement(DROP)) {
      drop.setObject(1, tenant);
      drop.setLong(2, last.seq());
      return drop.executeUpdate();
    }
  }

  /** Forgets the addresses of what was recorded before a moment. */
  long forget(UUID tenant, Instant before) {
    long all = 0;
    int forgotten;
    do {
      forgotten = transactions.call(TenantContext.of(tenant, ACTOR), tx -> forget(tx, before));
      all += forgotten;
    } while (forgotten == BLOCK);
    return all;
  }

  private static int forget(Tx tx, Instant before) throws SQLException {
    try (PreparedStatement forget = tx.connection().prepareStatement(FORGET)) {
      forget.setObject(1, tx.context().tenantId());
      forget.setObject(2, tx.context().tenantId());
      forget.setObject(3, before.atOffset(ZoneOffset.UTC));
      forget.setInt(4, BLOCK);
      return forget.executeUpdate();
    }
  }
}
