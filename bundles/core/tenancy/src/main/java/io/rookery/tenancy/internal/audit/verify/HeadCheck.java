// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.verify;

import io.rookery.api.audit.AuditVerification.Kind;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.audit.head.Head;
import io.rookery.tenancy.internal.audit.head.Head.Signed;
import io.rookery.tenancy.internal.audit.head.HeadKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Compares heads with the entries that they name. A head bears witness where it contradicts, and
 * the newest one of a chain where it agrees, as all before it follows from it; of those the
 * signature is checked. What else agrees proves nothing and harms nothing.
 */
final class HeadCheck {

  private static final String HASHES =
      """
      select e.hash, coalesce(k.seq, 0)
      from unnest(?::uuid[], ?::bigint[]) with ordinality as h (tenant_id, seq, place)
      left join tenant.audit_entry e on e.tenant_id = h.tenant_id and e.seq = h.seq
      left join platform.audit_checkpoint k on k.tenant_id = h.tenant_id
      order by h.place""";

  private final Transactions transactions;
  private final HeadKeys keys;
  private final Findings findings;
  private final Map<UUID, Signed> newest = new HashMap<>();
  private final Map<UUID, Signed> farthest = new HashMap<>();
  private final Map<UUID, Contradiction> contradictions = new HashMap<>();
  private long count;

  HeadCheck(Transactions transactions, HeadKeys keys, Findings findings) {
    this.transactions = transactions;
    this.keys = keys;
    this.findings = findings;
  }

  /**
   * What the database has in the place of a head's entry: its hash or null, and what is dropped.
   */
  private record There(byte[] hash, long dropped) {}

  /** Heads of a chain that name other entries than there are. */
  private record Contradiction(Signed first, Signed last, long heads) {

    Contradiction plus(Signed signed) {
      boolean lower = signed.head().seq() < first.head().seq();
      boolean higher = signed.head().seq() > last.head().seq();
      return new Contradiction(lower ? signed : first, higher ? signed : last, heads + 1);
    }
  }

  void compare(List<Signed> heads) {
    if (heads.isEmpty()) {
      return;
    }
    count += heads.size();
    List<There> there =
        transactions.system(SystemPurpose.AUDIT, connection -> there(connection, heads));
    for (int i = 0; i < heads.size(); i++) {
      compare(heads.get(i), there.get(i));
    }
  }

  private static List<There> there(Connection connection, List<Signed> heads) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HASHES)) {
      Object[] tenants = heads.stream().map(signed -> signed.head().tenantId()).toArray();
      Object[] numbers = heads.stream().map(signed -> signed.head().seq()).toArray();
      query.setArray(1, connection.createArrayOf("uuid", tenants));
      query.setArray(2, connection.createArrayOf("bigint", numbers));
      List<There> there = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          there.add(new There(row.getBytes(1), row.getLong(2)));
        }
      }
      return there;
    }
  }

  private void compare(Signed signed, There there) {
    Head head = signed.head();
    if (there.hash() == null) {
      if (head.seq() > there.dropped()) {
        higher(farthest, signed);
      }
    } else if (Arrays.equals(there.hash(), head.hash())) {
      higher(newest, signed);
    } else if (findings.about(head.tenantId(), head.seq())) {
      return;
    } else if (!keys.verifies(Head.Kind.END, signed)) {
      forged(head);
    } else {
      contradictions.compute(
          head.tenantId(),
          (id, known) -> known == null ? new Contradiction(signed, signed, 1) : known.plus(signed));
    }
  }

  private static void higher(Map<UUID, Signed> heads, Signed signed) {
    heads.merge(
        signed.head().tenantId(), signed, (a, b) -> a.head().seq() >= b.head().seq() ? a : b);
  }

  private void forged(Head head) {
    findings.add(
        head.tenantId(),
        Kind.FORGED,
        head.seq(),
        head.seq(),
        "A head of this number was not signed by the platform");
  }

  /** Tells what heads of a chain say against it. */
  void tellContradiction(UUID tenant) {
    Contradiction found = contradictions.get(tenant);
    if (found != null) {
      findings.add(
          tenant,
          Kind.REWRITTEN,
          found.first().head().seq(),
          found.last().head().seq(),
          "Of %d signed heads, the first of %s, each says that another entry was here"
              .formatted(found.heads(), found.first().head().signedAt()));
    }
  }

  /**
   * Returns the newest head that agrees and is signed, or null; tells of one that is not signed.
   */
  Signed proof(UUID tenant) {
    Signed head = newest.get(tenant);
    if (head == null || keys.verifies(Head.Kind.END, head)) {
      return head;
    }
    forged(head.head());
    return null;
  }

  /** Returns the farthest head that names an entry which is not there, or null. */
  Signed farthest(UUID tenant) {
    Signed head = farthest.get(tenant);
    if (head == null || keys.verifies(Head.Kind.END, head)) {
      return head;
    }
    forged(head.head());
    return null;
  }

  /** Returns the tenants that heads name of which the database has no such entry. */
  List<UUID> missed() {
    return List.copyOf(farthest.keySet());
  }

  long count() {
    return count;
  }
}
