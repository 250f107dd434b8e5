// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.Tenant.Status;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The directory of tenants, in which the platform looks up whom it serves. */
public final class Directory {

  private static final String SELECT =
      "select t.id, t.slug, t.name, t.postal_address, t.status, t.weight, t.created_at, t.version"
          + " from platform.tenant p join tenant.tenant t on t.tenant_id = p.id and t.id = p.id";
  private static final String RESERVE =
      "insert into platform.tenant (id, slug, kind, status, created_at)"
          + " values (?, ?, ?, 'active', ?) on conflict do nothing";
  private static final String SWEEP =
      "delete from platform.tenant p where p.created_at < ? and not exists"
          + " (select from tenant.tenant t where t.tenant_id = p.id and t.id = p.id)";
  private static final String CORRECT =
      "update platform.tenant p set status = t.status from tenant.tenant t"
          + " where t.tenant_id = p.id and t.id = p.id and t.status <> p.status";

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public Directory(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Enters a tenant; returns whether its slug was free, and its id new. */
  public boolean reserve(UUID id, String slug, Instant now) {
    return call(connection -> insert(connection, id, slug, "tenant", now)) == 1;
  }

  /** Enters the operator's tenant where there is none yet, and returns its id. */
  public UUID reserveOperator(UUID id, String slug, Instant now) {
    return call(
        connection -> {
          insert(connection, id, slug, "operator", now);
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "select id from platform.tenant where kind = 'operator'");
              ResultSet row = query.executeQuery()) {
            if (!row.next()) {
              throw new IllegalStateException("The slug of the operator belongs to a tenant");
            }
            return row.getObject(1, UUID.class);
          }
        });
  }

  private static int insert(Connection connection, UUID id, String slug, String kind, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(RESERVE)) {
      insert.setObject(1, id);
      insert.setString(2, slug);
      insert.setString(3, kind);
      insert.setObject(4, now.atOffset(ZoneOffset.UTC));
      return insert.executeUpdate();
    }
  }

  /** Takes an entry back that no tenant's own row followed. */
  public void release(UUID id) {
    call(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "delete from platform.tenant p where p.id = ? and not exists"
                      + " (select from tenant.tenant t where t.tenant_id = p.id)")) {
            delete.setObject(1, id);
            return delete.executeUpdate();
          }
        });
  }

  /** Notes a tenant's status. */
  public void setStatus(UUID id, Status status) {
    call(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("update platform.tenant set status = ? where id = ?")) {
            update.setString(1, status.name().toLowerCase(Locale.ROOT));
            update.setObject(2, id);
            return update.executeUpdate();
          }
        });
  }

  /** Returns tenants by ascending id, from beyond one that may be null. */
  public List<Tenant> list(UUID beyond, int limit) {
    return call(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  SELECT + " where (?::uuid is null or p.id > ?) order by p.id limit ?")) {
            query.setObject(1, beyond, Types.OTHER);
            query.setObject(2, beyond, Types.OTHER);
            query.setInt(3, limit);
            return tenants(query);
          }
        });
  }

  /** Returns the tenant of an id or, where that is null, of a slug. */
  public Optional<Tenant> find(UUID id, String slug) {
    return call(
            connection -> {
              try (PreparedStatement query =
                  connection.prepareStatement(SELECT + " where p.id = ? or p.slug = ?")) {
                query.setObject(1, id, Types.OTHER);
                query.setString(2, slug);
                return tenants(query);
              }
            })
        .stream()
        .findFirst();
  }

  /** Removes entries of before a moment that no tenant's own row followed; returns how many. */
  public int sweep(Instant before) {
    return call(
        connection -> {
          try (PreparedStatement sweep = connection.prepareStatement(SWEEP);
              PreparedStatement correct = connection.prepareStatement(CORRECT)) {
            sweep.setObject(1, before.atOffset(ZoneOffset.UTC));
            correct.executeUpdate();
            return sweep.executeUpdate();
          }
        });
  }

  private static List<Tenant> tenants(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      List<Tenant> tenants = new ArrayList<>();
      while (rows.next()) {
        tenants.add(
            new Tenant(
                rows.getObject(1, UUID.class),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                Status.valueOf(rows.getString(5).toUpperCase(Locale.ROOT)),
                rows.getInt(6),
                rows.getObject(7, OffsetDateTime.class).toInstant(),
                rows.getLong(8)));
      }
      return tenants;
    }
  }

  private <R> R call(SystemWork<R> work) {
    return transactions.system(SystemPurpose.TENANT_DIRECTORY, work);
  }
}
