// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.pause;

import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.SendingPauses.Pause;
import io.rookery.api.mailboxes.SendingPauses.Scope;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The table of pauses of tenants and domains. */
public final class PauseStore {

  private static final String SELECT =
      """
      select id, scope, domain, cause, reason, paused_at, until, ended_at, repeats, counted_since,
             version
      from tenant.sending_pause where tenant_id = ?
      """;

  /**
   * A row; what is paused is remembered after its pause has ended.
   *
   * @param domain the domain, or an empty text for the tenant
   */
  public record Row(UUID id, Scope scope, String domain, Pausing pausing, long version) {

    /** Returns the pause that holds. */
    public Pause toRecord() {
      return new Pause(
          id,
          scope,
          scope == Scope.TENANT ? null : domain,
          pausing.cause(),
          pausing.reason(),
          pausing.at(),
          pausing.until());
    }

    /** Returns whether it is about what mailboxes of a domain send. */
    public boolean covers(String mailboxDomain) {
      return domain.isEmpty() || domain.equals(mailboxDomain);
    }

    /** Returns this with its pause changed. */
    public Row with(Pausing changed) {
      return new Row(id, scope, domain, changed, version + 1);
    }
  }

  /** Returns the rows whose pause holds, the tenant's first. */
  public List<Row> holding(Tx tx) throws SQLException {
    String sql = SELECT + " and ended_at is null order by scope desc, domain";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      return rows(select);
    }
  }

  /** Returns the pauses that hold a domain's mailboxes, apart from those of mailboxes alone. */
  public List<Pausing> holding(Tx tx, String mailboxDomain) throws SQLException {
    return holding(tx).stream().filter(row -> row.covers(mailboxDomain)).map(Row::pausing).toList();
  }

  /** Returns a row and holds it until the transaction ends. */
  public Optional<Row> lock(Tx tx, UUID id) throws SQLException {
    try (PreparedStatement select =
        tx.connection().prepareStatement(SELECT + " and id = ? for update")) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      return rows(select).stream().findFirst();
    }
  }

  /** Returns the row of a scope and holds it; makes one that is not paused where there is none. */
  public Row lock(Tx tx, Scope scope, String domain, UUID newId) throws SQLException {
    // What two transactions make at once is one row: the later one waits here for the other.
    String insert =
        """
        insert into tenant.sending_pause (tenant_id, id, scope, domain, cause, reason, paused_at,
          ended_at, repeats, version)
        values (?, ?, ?, ?, 'person', '', 'epoch', 'epoch', 0, 0)
        on conflict (tenant_id, scope, domain) do nothing
        """;
    try (PreparedStatement made = tx.connection().prepareStatement(insert)) {
      made.setObject(1, tx.context().tenantId());
      made.setObject(2, newId);
      made.setString(3, word(scope));
      made.setString(4, domain);
      made.executeUpdate();
    }
    String sql = SELECT + " and scope = ? and domain = ? for update";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setString(2, word(scope));
      select.setString(3, domain);
      return rows(select).get(0);
    }
  }

  /** Writes a row that is held. */
  public void update(Tx tx, Row row, Instant now) throws SQLException {
    Pausing pausing = row.pausing();
    String sql =
        pausing.paused()
            ? """
            update tenant.sending_pause set repeats = ?, counted_since = ?, version = ?,
              ended_at = null, cause = ?, reason = ?, paused_at = ?, until = ?
            where tenant_id = ? and id = ?
            """
            : """
            update tenant.sending_pause set repeats = ?, counted_since = ?, version = ?,
              ended_at = ?
            where tenant_id = ? and id = ?
            """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setInt(1, pausing.repeats());
      update.setObject(2, at(pausing.countedSince()));
      update.setLong(3, row.version());
      int next = 4;
      if (pausing.paused()) {
        update.setString(next++, word(pausing.cause()));
        update.setString(next++, pausing.reason());
        update.setObject(next++, at(pausing.at()));
        update.setObject(next++, at(pausing.until()));
      } else {
        update.setObject(next++, at(now));
      }
      update.setObject(next++, tx.context().tenantId());
      update.setObject(next, row.id());
      update.executeUpdate();
    }
  }

  /** Returns what of the tenant's is to end by itself by a moment. */
  public List<UUID> due(Tx tx, Instant now) throws SQLException {
    String sql =
        """
        select id from tenant.sending_pause
        where tenant_id = ? and ended_at is null and until <= ? order by id
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, at(now));
      return ids(select);
    }
  }

  /**
   * Returns tenants of which a mailbox, a domain or they themselves are to send again by a moment;
   * for the platform's own role.
   */
  public List<UUID> tenantsDue(Connection system, Instant now, int limit) throws SQLException {
    String sql =
        """
        select distinct tenant_id from (
          select tenant_id from tenant.mailbox where paused_until <= ? and removed_at is null
          union all
          select tenant_id from tenant.sending_pause where until <= ? and ended_at is null) due
        limit ?
        """;
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setObject(1, at(now));
      select.setObject(2, at(now));
      select.setInt(3, limit);
      return ids(select);
    }
  }

  private static List<UUID> ids(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      List<UUID> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
      return ids;
    }
  }

  private static List<Row> rows(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<Row> rows = new ArrayList<>();
      while (row.next()) {
        boolean holds = row.getTimestamp("ended_at") == null;
        int repeats = row.getInt("repeats");
        Instant since = instant(row, "counted_since");
        Pausing pausing =
            holds
                ? new Pausing(
                    PauseCause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                    row.getString("reason"),
                    instant(row, "paused_at"),
                    instant(row, "until"),
                    repeats,
                    since)
                : new Pausing(null, null, null, null, repeats, since);
        rows.add(
            new Row(
                row.getObject("id", UUID.class),
                Scope.valueOf(row.getString("scope").toUpperCase(Locale.ROOT)),
                row.getString("domain"),
                pausing,
                row.getLong("version")));
      }
      return rows;
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }

  private static OffsetDateTime at(Instant moment) {
    return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
  }
}
