// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.tenancy.internal.audit.chain.Entry;
import io.rookery.tenancy.internal.audit.chain.EntryRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.UUID;

/** Makes a chain hold together again after it was tampered with, as the owner of the database. */
final class Forger {

  private Forger() {}

  /** Hashes entries anew, each over the one before as it stands. */
  static void rehash(AuditWorld world, long from, long to) throws Exception {
    UUID tenant = world.tenant.tenantId();
    try (Connection owner = world.database.owner()) {
      for (long seq = from; seq <= to; seq++) {
        byte[] previous = seq == 1 ? new byte[32] : find(owner, tenant, seq - 1).link().hash();
        Entry present = find(owner, tenant, seq);
        Entry forged = Entry.following(tenant, seq, previous, present.content(), present.source());
        try (PreparedStatement update =
            owner.prepareStatement(
                "update tenant.audit_entry set previous = ?, hash = ? where tenant_id = ? and seq = ?")) {
          update.setBytes(1, forged.link().previous());
          update.setBytes(2, forged.link().hash());
          update.setObject(3, tenant);
          update.setLong(4, seq);
          update.executeUpdate();
        }
      }
    }
  }

  private static Entry find(Connection owner, UUID tenant, long seq) throws Exception {
    try (PreparedStatement query =
        owner.prepareStatement(
            "select "
                + EntryRows.COLUMNS
                + " from tenant.audit_entry where tenant_id = ? and seq = ?")) {
      query.setObject(1, tenant);
      query.setLong(2, seq);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return EntryRows.entry(row);
      }
    }
  }
}
