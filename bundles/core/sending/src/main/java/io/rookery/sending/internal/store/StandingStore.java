// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.api.mailboxes.SendingLimit;
import io.rookery.api.sending.MailboxStandings.Standing;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.health.Counts;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** How mailboxes stand, each by index alone. */
public final class StandingStore {

  /** How long bounces and complaints tell on the choice of mailboxes for new contacts. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final String SELECT =
      """
      select m.mailbox_id, m.address, m.held_by, %s,
        (select count(*) from tenant.message where tenant_id = m.tenant_id
           and lane_id = m.mailbox_id and state in ('accepted', 'in_doubt') and finished_at > ?)
          as sent,
        (select count(*) from tenant.message where tenant_id = m.tenant_id
           and lane_id = m.mailbox_id and state = 'due' and due_at < ?)
        + (select count(*) from tenant.message where tenant_id = m.tenant_id
           and lane_id = m.mailbox_id and state = 'held') as waiting,
        h.sent as counted, h.bounced, h.complained
      from tenant.mailboxes_sendable_v1 m
      cross join lateral (
        select coalesce(sum(sent), 0)::bigint as sent, coalesce(sum(bounced), 0)::bigint as bounced,
               coalesce(sum(complained), 0)::bigint as complained
        from tenant.sending_health
        where tenant_id = m.tenant_id and scope = 'mailbox' and subject = m.mailbox_id::text
          and since > ? and (m.counted_since is null or since >= m.counted_since)) h
      where m.tenant_id = ? and m.mailbox_id = any(?)
      order by m.mailbox_id
      """
          .formatted("m." + LimitColumns.ALL.replace(", ", ", m."));

  /** A mailbox and how it stands. */
  public record Standings(UUID mailboxId, String address, Standing standing) {}

  /** Returns how mailboxes stand, by id; those that are gone are left out. */
  public List<Standings> of(Tx tx, Collection<UUID> mailboxIds, Instant now) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(SELECT)) {
      select.setObject(1, Rows.at(now.minus(LaneStore.DAY)));
      select.setObject(2, Rows.at(now.plus(LaneStore.DAY)));
      select.setObject(3, Rows.at(now.minus(REMEMBERED)));
      select.setObject(4, tx.context().tenantId());
      select.setArray(5, Rows.uuids(tx.connection(), mailboxIds));
      List<Standings> all = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(
              new Standings(
                  Rows.uuid(row, "mailbox_id"), row.getString("address"), standing(row, now)));
        }
      }
      return all;
    }
  }

  private static Standing standing(ResultSet row, Instant now) throws SQLException {
    SendingLimit limit = LimitColumns.limit(row, now);
    Counts counts =
        new Counts(row.getLong("counted"), row.getLong("bounced"), row.getLong("complained"));
    return new Standing(
        limit.messages(),
        limit.rampDay(),
        row.getLong("sent"),
        row.getLong("waiting"),
        counts.health(),
        row.getString("held_by"));
  }
}
