// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.verify;

import io.rookery.api.audit.AuditVerification.Kind;
import io.rookery.api.audit.AuditVerification.Report;
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
import io.rookery.tenancy.internal.audit.head.HeadRows.Place;
import io.rookery.tenancy.internal.audit.head.HeadStore;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Verifies chains once: entry by entry first, then against heads. For one thread. */
public final class Verifier {

  /** A head is signed every half minute; whoever waits ten times as long is not being signed. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Actor ACTOR = Actor.system("audit");
  private static final int BLOCK = 1000;
  private static final String WAITING =
      """
      select count(*), min(seq), max(seq) from tenant.audit_entry
      where tenant_id = ? and seq > ? and recorded_at < ?""";

  private static final String TENANTS =
      "select id from platform.tenant union select tenant_id from tenant.audit_chain order by 1";

  private final Transactions transactions;
  private final HeadKeys keys;
  private final Clock clock;
  private final Findings findings = new Findings();
  private final HeadCheck heads;
  private final Map<UUID, Walked> walked = new LinkedHashMap<>();

  /** A chain that was walked: how far, and to where the database says that it goes. */
  private record Walked(long entries, End last, End claimed, Optional<Signed> checkpoint) {}

  /** Verifies by these keys and by this clock. */
  public Verifier(Transactions transactions, HeadKeys keys, Clock clock) {
    this.transactions = transactions;
    this.keys = keys;
    this.clock = clock;
    this.heads = new HeadCheck(transactions, keys, findings);
  }

  /**
   * Verifies a tenant's chain, or those of all tenants where it is null.
   *
   * @throws IOException where the folder of copied heads cannot be read
   */
  public Report verify(UUID tenant, HeadStore folder) throws IOException {
    (tenant == null ? tenants() : List.of(tenant)).forEach(this::walk);
    compareKept(tenant);
    long unreadable = folder.read(copied -> heads.compare(of(tenant, copied)));
    Set<UUID> all = new LinkedHashSet<>(walked.keySet());
    all.addAll(heads.missed());
    all.forEach(this::conclude);
    long entries = walked.values().stream().mapToLong(Walked::entries).sum();
    return new Report(all.size(), entries, heads.count(), unreadable, findings.all());
  }

  private List<UUID> tenants() {
    return transactions.system(
        SystemPurpose.AUDIT,
        connection -> {
          List<UUID> tenants = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(TENANTS);
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              tenants.add(row.getObject(1, UUID.class));
            }
          }
          return tenants;
        });
  }

  /** Walks a chain, and once more where it was shortened by its retention meanwhile. */
  private void walk(UUID tenant) {
    Optional<Signed> checkpoint = checkpoint(tenant);
    while (true) {
      Optional<Signed> begun = checkpoint;
      Findings found = new Findings();
      Walked walk =
          transactions.call(TenantContext.of(tenant, ACTOR), tx -> walk(tx, begun, found));
      checkpoint = checkpoint(tenant);
      if (seq(checkpoint) == seq(begun)) {
        walked.put(tenant, walk);
        findings.addAll(found);
        return;
      }
    }
  }

  private static Walked walk(Tx tx, Optional<Signed> checkpoint, Findings found)
      throws SQLException {
    End claimed = new ChainStore().end(tx);
    End beginning =
        checkpoint
            .map(signed -> new End(signed.head().seq(), signed.head().hash()))
            .orElse(ChainStore.BEGINNING);
    ChainWalk walk = new ChainWalk(tx.context().tenantId(), beginning, found);
    End last = walk.walk(tx);
    return new Walked(walk.count(), last, claimed, checkpoint);
  }

  private static long seq(Optional<Signed> checkpoint) {
    return checkpoint.map(signed -> signed.head().seq()).orElse(0L);
  }

  private Optional<Signed> checkpoint(UUID tenant) {
    return transactions.system(
        SystemPurpose.AUDIT, connection -> new HeadRows(connection).checkpoint(tenant));
  }

  private void compareKept(UUID tenant) {
    Place beyond = Place.START;
    while (true) {
      Place from = beyond;
      List<Signed> kept =
          transactions.system(
              SystemPurpose.AUDIT,
              connection -> new HeadRows(connection).heads(tenant, from, BLOCK));
      heads.compare(kept);
      if (kept.size() < BLOCK) {
        return;
      }
      Head last = kept.get(kept.size() - 1).head();
      beyond = new Place(last.tenantId(), last.seq());
    }
  }

  private static List<Signed> of(UUID tenant, List<Signed> copied) {
    return tenant == null
        ? copied
        : copied.stream().filter(signed -> signed.head().tenantId().equals(tenant)).toList();
  }

  private void conclude(UUID tenant) {
    Walked chain =
        walked.getOrDefault(
            tenant, new Walked(0, ChainStore.BEGINNING, ChainStore.BEGINNING, Optional.empty()));
    chain.checkpoint().ifPresent(this::checkSigned);
    heads.tellContradiction(tenant);
    checkEnd(tenant, chain);
    Signed proof = heads.proof(tenant);
    checkSignedLately(
        tenant, Math.max(proof == null ? 0 : proof.head().seq(), seq(chain.checkpoint())));
  }

  private void checkSigned(Signed checkpoint) {
    if (!keys.verifies(Head.Kind.CHECKPOINT, checkpoint)) {
      Head head = checkpoint.head();
      findings.add(
          head.tenantId(),
          Kind.FORGED,
          head.seq(),
          head.seq(),
          "The checkpoint was not signed by the platform");
    }
  }

  private void checkEnd(UUID tenant, Walked chain) {
    Signed farthest = heads.farthest(tenant);
    long last = chain.last().seq();
    if (farthest != null && farthest.head().seq() > last) {
      findings.add(
          tenant,
          Kind.CUT,
          last + 1,
          Math.max(farthest.head().seq(), chain.claimed().seq()),
          "A head signed at " + farthest.head().signedAt() + " says that these entries were there");
    } else if (chain.claimed().seq() > last) {
      findings.add(
          tenant,
          Kind.CUT,
          last + 1,
          chain.claimed().seq(),
          "The chain's own end says that these entries were there");
    }
  }

  private void checkSignedLately(UUID tenant, long signed) {
    Instant limit = clock.instant().minus(PATIENCE);
    transactions.call(
        TenantContext.of(tenant, ACTOR),
        tx -> {
          try (PreparedStatement query = tx.connection().prepareStatement(WAITING)) {
            query.setObject(1, tenant);
            query.setLong(2, signed);
            query.setObject(3, limit.atOffset(ZoneOffset.UTC));
            try (ResultSet row = query.executeQuery()) {
              if (row.next() && row.getLong(1) > 0) {
                findings.add(
                    tenant,
                    Kind.UNSIGNED,
                    row.getLong(2),
                    row.getLong(3),
                    "No signed head vouches for these entries");
              }
            }
          }
          return null;
        });
  }
}
