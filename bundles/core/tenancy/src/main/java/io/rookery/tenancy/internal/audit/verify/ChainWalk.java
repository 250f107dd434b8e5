// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.verify;

import io.rookery.api.audit.AuditVerification.Kind;
import io.rookery.kernel.Tx;
import io.rookery.tenancy.internal.audit.chain.ChainStore.End;
import io.rookery.tenancy.internal.audit.chain.Entry;
import io.rookery.tenancy.internal.audit.chain.EntryRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

/**
 * Walks one chain from its beginning or checkpoint to its end and tells what does not hold. Rows
 * come in portions, so memory is bounded.
 */
public final class ChainWalk {

  private static final int PORTION = 1000;
  private static final String ALL =
      "select "
          + EntryRows.COLUMNS
          + " from tenant.audit_entry where tenant_id = ? and seq > ? and seq <= ? order by seq";

  private final UUID tenant;
  private final Findings findings;
  private final Suspects suspects;
  private End before;
  private boolean doubted;
  private long count;

  /** Begins behind an entry. */
  ChainWalk(UUID tenant, End beginning, Findings findings) {
    this.tenant = tenant;
    this.findings = findings;
    this.suspects = new Suspects(tenant);
    this.before = beginning;
  }

  /** Returns whether what follows an entry holds, up to and with an entry of a number. */
  public static boolean holds(Tx tx, End beginning, long last) throws SQLException {
    Findings findings = new Findings();
    End end = new ChainWalk(tx.context().tenantId(), beginning, findings).walk(tx, last);
    return end.seq() == last && findings.all().isEmpty();
  }

  /** Walks to the end of the chain and returns it. */
  End walk(Tx tx) throws SQLException {
    return walk(tx, Long.MAX_VALUE);
  }

  private End walk(Tx tx, long last) throws SQLException {
    try (PreparedStatement query = tx.connection().prepareStatement(ALL)) {
      query.setObject(1, tenant);
      query.setLong(2, before.seq());
      query.setLong(3, last);
      query.setFetchSize(PORTION);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          step(EntryRows.entry(row));
        }
      }
    }
    suspects.tell(findings);
    return before;
  }

  long count() {
    return count;
  }

  private void step(Entry entry) {
    boolean holds = entry.holds();
    if (entry.seq() > before.seq() + 1) {
      findings.add(
          tenant, Kind.REMOVED, before.seq() + 1, entry.seq() - 1, "No such entry is there");
    } else if (holds && !doubted && !Arrays.equals(entry.link().previous(), before.hash())) {
      findings.add(
          tenant,
          Kind.ALTERED,
          before.seq(),
          before.seq(),
          "The entry behind it was chained to another one");
    }
    if (!holds) {
      suspects.add(entry);
    }
    doubted = !holds;
    before = new End(entry.seq(), entry.link().hash());
    count++;
  }
}
