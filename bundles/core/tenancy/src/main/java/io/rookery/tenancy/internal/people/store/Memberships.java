// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.Role;
import io.rookery.kernel.Tx;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Memberships, as rows of their tenant. */
public final class Memberships {

  private static final String SELECT =
      "select id, user_id, role, created_at, version, workspace_ids from tenant.membership"
          + " where tenant_id = ?";

  private Memberships() {}

  /** A membership without what the platform knows of its person. */
  public record Membership(
      UUID id, UUID userId, Role role, Instant joinedAt, long version, Set<UUID> workspaceIds) {

    /** Makes one of the whole tenant. */
    public Membership(UUID id, UUID userId, Role role, Instant joinedAt, long version) {
      this(id, userId, role, joinedAt, version, null);
    }
  }

  /** Adds a membership; the person must have none in the tenant. */
  public static void insert(Tx tx, Membership member) throws SQLException {
    Sql.update(
        tx.connection(),
        """
        insert into tenant.membership (tenant_id, id, user_id, role, created_at, version)
        values (?, ?, ?, ?, ?, ?)
        """,
        tx.context().tenantId(),
        member.id(),
        member.userId(),
        wire(member.role()),
        member.joinedAt(),
        member.version());
  }

  /** Returns memberships by ascending id from beyond one that may be null. */
  public static List<Membership> list(Tx tx, UUID beyond, int limit) throws SQLException {
    return Sql.list(
        tx.connection(),
        SELECT + " and (?::uuid is null or id > ?::uuid) order by id limit ?",
        Memberships::membership,
        tx.context().tenantId(),
        beyond,
        beyond,
        limit);
  }

  /** Returns how many members the tenant has. */
  public static long count(Tx tx) throws SQLException {
    return Sql.first(
            tx.connection(),
            "select count(*) from tenant.membership where tenant_id = ?",
            row -> row.getLong(1),
            tx.context().tenantId())
        .orElseThrow();
  }

  /** Returns a membership, or empty. */
  public static Optional<Membership> find(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx.connection(),
        SELECT + " and id = ?",
        Memberships::membership,
        tx.context().tenantId(),
        id);
  }

  /** Returns the membership of a person, or empty. */
  public static Optional<Membership> ofUser(Tx tx, UUID userId) throws SQLException {
    return Sql.first(
        tx.connection(),
        SELECT + " and user_id = ?",
        Memberships::membership,
        tx.context().tenantId(),
        userId);
  }

  /**
   * Locks the rows of all owners until the transaction ends, so that of several who change them one
   * comes after the other and sees what that one did.
   */
  public static List<Membership> lockOwners(Tx tx) throws SQLException {
    return Sql.list(
        tx.connection(),
        SELECT + " and role = 'owner' order by id for update",
        Memberships::membership,
        tx.context().tenantId());
  }

  /** Locks a membership and returns it, or empty. */
  public static Optional<Membership> lock(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx.connection(),
        SELECT + " and id = ? for update",
        Memberships::membership,
        tx.context().tenantId(),
        id);
  }

  /** Locks the membership of a person and returns it, or empty. */
  public static Optional<Membership> lockUser(Tx tx, UUID userId) throws SQLException {
    return Sql.first(
        tx.connection(),
        SELECT + " and user_id = ? for update",
        Memberships::membership,
        tx.context().tenantId(),
        userId);
  }

  /** Gives a membership another role and the next version. */
  public static void changeRole(Tx tx, UUID id, Role role) throws SQLException {
    Sql.update(
        tx.connection(),
        "update tenant.membership set role = ?, version = version + 1"
            + " where tenant_id = ? and id = ?",
        wire(role),
        tx.context().tenantId(),
        id);
  }

  /** Restricts a membership to workspaces, or, by null, to none, and gives it the next version. */
  public static void restrict(Tx tx, UUID id, Set<UUID> workspaces) throws SQLException {
    Sql.update(
        tx.connection(),
        "update tenant.membership set workspace_ids = ?, version = version + 1"
            + " where tenant_id = ? and id = ?",
        workspaces == null ? null : tx.connection().createArrayOf("uuid", workspaces.toArray()),
        tx.context().tenantId(),
        id);
  }

  /** Removes a membership. */
  public static void delete(Tx tx, UUID id) throws SQLException {
    Sql.update(
        tx.connection(),
        "delete from tenant.membership where tenant_id = ? and id = ?",
        tx.context().tenantId(),
        id);
  }

  /** Writes a role. */
  public static String wire(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Membership membership(ResultSet row) throws SQLException {
    return new Membership(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        Accounts.role(row, 3),
        Sql.instant(row, 4),
        row.getLong(5),
        workspaces(row, 6));
  }

  /** Returns the workspaces that a row names, or null. */
  static Set<UUID> workspaces(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? null : Set.of((UUID[]) array.getArray());
  }
}
