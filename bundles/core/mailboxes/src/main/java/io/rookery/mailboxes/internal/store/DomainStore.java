// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.store;

import io.rookery.api.mailboxes.DomainService.DomainTrust;
import io.rookery.kernel.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of trusted domains. */
public final class DomainStore {

  private static final String SELECT =
      "select id, domain, trusted_by, trusted_at from tenant.domain_trust where tenant_id = ?";

  /** Inserts a domain; returns false where it is there. */
  public boolean insert(Tx tx, DomainTrust trust) throws SQLException {
    return 1
        == Sql.update(
            tx,
            """
            insert into tenant.domain_trust (tenant_id, id, domain, trusted_by, trusted_at)
            values (?, ?, ?, ?, ?) on conflict (tenant_id, domain) do nothing""",
            tx.context().tenantId(),
            trust.id(),
            trust.domain(),
            trust.trustedBy(),
            trust.trustedAt());
  }

  /** Removes a domain; returns the id of its trust, or empty. */
  public Optional<UUID> delete(Tx tx, String domain) throws SQLException {
    return Sql.first(
        tx,
        row -> row.getObject(1, UUID.class),
        "delete from tenant.domain_trust where tenant_id = ? and domain = ? returning id",
        tx.context().tenantId(),
        domain);
  }

  /** Returns the trust of one of some domains, or empty. */
  public Optional<DomainTrust> find(Tx tx, List<String> domains) throws SQLException {
    return Sql.first(
        tx,
        DomainStore::read,
        SELECT + " and domain = any (?) limit 1",
        tx.context().tenantId(),
        domains.toArray(new String[0]));
  }

  /** Returns all domains by name. */
  public List<DomainTrust> list(Tx tx) throws SQLException {
    return Sql.list(tx, DomainStore::read, SELECT + " order by domain", tx.context().tenantId());
  }

  private static DomainTrust read(ResultSet row) throws SQLException {
    return new DomainTrust(
        row.getObject("id", UUID.class),
        row.getString("domain"),
        row.getString("trusted_by"),
        Sql.instant(row, "trusted_at"));
  }
}
