// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.Invitation;
import io.rookery.kernel.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Invitations, as rows of their tenant. */
public final class InvitationRows {

  private static final String SELECT =
      """
      select id, email, role, invited_by, created_at, asked_at, expires_at, version
      from tenant.invitation where tenant_id = ?
      """;

  private InvitationRows() {}

  /** Adds an invitation. */
  public static void insert(Tx tx, Invitation invitation, String emailKey) throws SQLException {
    Sql.update(
        tx.connection(),
        """
        insert into tenant.invitation (tenant_id, id, email, email_key, role, invited_by, created_at,
          asked_at, expires_at, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        tx.context().tenantId(),
        invitation.id(),
        invitation.email(),
        emailKey,
        Memberships.wire(invitation.role()),
        invitation.invitedBy(),
        invitation.createdAt(),
        invitation.mailedAt(),
        invitation.expiresAt(),
        invitation.version());
  }

  /** Returns how many the tenant has. */
  public static long count(Tx tx) throws SQLException {
    return Sql.first(
            tx.connection(),
            "select count(*) from tenant.invitation where tenant_id = ?",
            row -> row.getLong(1),
            tx.context().tenantId())
        .orElseThrow();
  }

  /** Returns invitations by ascending id from beyond one that may be null. */
  public static List<Invitation> list(Tx tx, UUID beyond, int limit) throws SQLException {
    return Sql.list(
        tx.connection(),
        SELECT + " and (?::uuid is null or id > ?::uuid) order by id limit ?",
        InvitationRows::invitation,
        tx.context().tenantId(),
        beyond,
        beyond,
        limit);
  }

  /** Returns an invitation, or empty. */
  public static Optional<Invitation> find(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx.connection(),
        SELECT + " and id = ?",
        InvitationRows::invitation,
        tx.context().tenantId(),
        id);
  }

  /** Locks an invitation and returns it, or empty. */
  public static Optional<Invitation> lock(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx.connection(),
        SELECT + " and id = ? for update",
        InvitationRows::invitation,
        tx.context().tenantId(),
        id);
  }

  /** Gives an invitation that is locked another time of its mail, and the next version. */
  public static void renew(Tx tx, UUID id, Instant mailedAt, Instant expiresAt)
      throws SQLException {
    Sql.update(
        tx.connection(),
        "update tenant.invitation set asked_at = ?, expires_at = ?, version = version + 1"
            + " where tenant_id = ? and id = ?",
        mailedAt,
        expiresAt,
        tx.context().tenantId(),
        id);
  }

  /** Removes an invitation. */
  public static void delete(Tx tx, UUID id) throws SQLException {
    Sql.update(
        tx.connection(),
        "delete from tenant.invitation where tenant_id = ? and id = ?",
        tx.context().tenantId(),
        id);
  }

  /**
   * Removes the invitations that somebody made, or of those the ones that make owners; returns
   * them.
   */
  public static List<Invitation> deleteOf(Tx tx, String invitedBy, boolean ownersAlone)
      throws SQLException {
    return Sql.list(
        tx.connection(),
        """
        delete from tenant.invitation
        where tenant_id = ? and invited_by = ? and (role = 'owner' or not ?)
        returning id, email, role, invited_by, created_at, asked_at, expires_at, version
        """,
        InvitationRows::invitation,
        tx.context().tenantId(),
        invitedBy,
        ownersAlone);
  }

  private static Invitation invitation(ResultSet row) throws SQLException {
    return new Invitation(
        row.getObject(1, UUID.class),
        row.getString(2),
        Accounts.role(row, 3),
        row.getString(4),
        Sql.instant(row, 5),
        Sql.instant(row, 6),
        Sql.instant(row, 7),
        row.getLong(8));
  }
}
