// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Removes what messages of no campaign said, once it can no longer be sent. */
public final class ContentRetention {

  // A dead letter may be put into the queue again, so what it says is kept for longer. Its row is
  // locked before its content goes: else one that is requeued at this moment would lose what it
  // says.
  private static final String REMOVE =
      """
      with ended as (
        select m.id from tenant.message m
        where m.tenant_id = ? and exists (
          select from tenant.message_content c where c.tenant_id = m.tenant_id and c.id = m.id)
          and ((m.state in ('accepted', 'suppressed', 'cancelled') and m.finished_at < ?)
            or (m.state in ('failed', 'in_doubt') and m.finished_at < ?))
        limit ? for update of m skip locked),
      gone as (
        select id from ended
        union all
        (select c.id from tenant.message_content c
         where c.tenant_id = ? and not exists (
           select from tenant.message m where m.tenant_id = c.tenant_id and m.id = c.id)
         limit ?)),
      files as (
        delete from tenant.message_file f using gone where f.tenant_id = ? and f.message_id = gone.id)
      delete from tenant.message_content c using gone where c.tenant_id = ? and c.id = gone.id
      """;

  private static final String TENANTS =
      """
      with recursive skip as (
        (select tenant_id from tenant.message_content order by tenant_id limit 1)
        union all
        select (select c.tenant_id from tenant.message_content c
                where c.tenant_id > skip.tenant_id order by c.tenant_id limit 1)
        from skip where skip.tenant_id is not null)
      select tenant_id from skip where tenant_id is not null
      """;

  /** Returns the tenants of which content is kept; for the platform's own role. */
  public List<UUID> tenants(Connection system) throws SQLException {
    try (PreparedStatement select = system.prepareStatement(TENANTS);
        ResultSet rows = select.executeQuery()) {
      List<UUID> tenants = new ArrayList<>();
      while (rows.next()) {
        tenants.add(Rows.uuid(rows, "tenant_id"));
      }
      return tenants;
    }
  }

  /**
   * Removes the content of up to a number of messages that ended before a moment, dead letters
   * before another one; returns how many there were.
   */
  public int remove(Tx tx, Instant ended, Instant died, int limit) throws SQLException {
    UUID tenantId = tx.context().tenantId();
    try (PreparedStatement delete = tx.connection().prepareStatement(REMOVE)) {
      delete.setObject(1, tenantId);
      delete.setObject(2, Rows.at(ended));
      delete.setObject(3, Rows.at(died));
      delete.setInt(4, limit);
      delete.setObject(5, tenantId);
      delete.setInt(6, limit);
      delete.setObject(7, tenantId);
      delete.setObject(8, tenantId);
      return delete.executeUpdate();
    }
  }
}
