// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.EntitlementUsage;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.plans.Subscription.Allowed;
import io.rookery.api.plans.Subscriptions;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.World;
import io.rookery.tenancy.internal.auth.Rate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Plans on a real database, with things of two kinds that they limit. */
abstract class PlanFixture {
  private final TestDatabase database;
  World world;
  TenantContext tenant;
  UUID id;
  Subscriptions subscriptions;
  PlanServiceImpl plans;
  Entitlements entitlements;
  DueChanges due;

  PlanFixture(TestDatabase database) {
    this.database = database;
  }

  /** Things of two kinds, as bundles of their own would keep them. */
  private void makeTables() throws SQLException {
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "create table if not exists tenant.thing (tenant_id uuid not null, id uuid not null,"
              + " kind text, primary key (tenant_id, id))");
      statement.execute("grant select, insert, delete on tenant.thing to rookery_app");
    }
  }

  @BeforeEach
  void begin() throws SQLException {
    makeTables();
    world = new World(database);
    tenant = World.context(world.newTenant());
    id = tenant.tenantId();
    with(world.standings);
  }

  void with(Standings standings) {
    standings.bindUsage(new Things(Entitlement.DOMAINS));
    standings.bindUsage(new Things(Entitlement.USERS));
    plans =
        new PlanServiceImpl(
            world.transactions, world.log, database.epochs(), world.operator, world.clock);
    subscriptions =
        new SubscriptionsImpl(
            new SubscriptionsImpl.Neighbours(
                world.transactions, world.tenants, world.log, database.epochs()),
            standings,
            world.clock);
    entitlements = new EntitlementsImpl(standings);
    due =
        new DueChanges(
            world.transactions, database.epochs(), new Changes(standings, world.log), world.clock);
  }

  void make(TenantContext context, Entitlement entitlement) {
    world.transactions.call(context, tx -> make(tx, entitlement));
  }

  Void make(Tx tx, Entitlement entitlement) throws SQLException {
    entitlements.require(tx, entitlement, it -> new Things(entitlement).used(it) + 1);
    try (PreparedStatement insert =
        tx.connection().prepareStatement("insert into tenant.thing values (?, ?, ?)")) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, Uuids.next());
      insert.setString(3, entitlement.name());
      insert.executeUpdate();
    }
    return null;
  }

  void remove(int number) {
    world.transactions.call(
        tenant,
        tx -> {
          try (PreparedStatement delete =
              tx.connection()
                  .prepareStatement(
                      "delete from tenant.thing where (tenant_id, id) in (select tenant_id, id"
                          + " from tenant.thing where tenant_id = ? limit ?)")) {
            delete.setObject(1, id);
            delete.setInt(2, number);
            return delete.executeUpdate();
          }
        });
  }

  Allowed allowed(Entitlement entitlement) {
    return subscriptions.get(tenant).entitlements().stream()
        .filter(it -> it.entitlement() == entitlement)
        .findFirst()
        .orElseThrow();
  }

  void assign(String plan) {
    subscriptions.assign(world.asOperator, id, plan, null);
  }

  String plan() {
    return subscriptions.get(tenant).plan().code();
  }

  Rate rate(Rate configured) {
    return world.transactions.call(tenant, tx -> world.standings.rate(tx, configured));
  }

  /** Counts things of a kind. */
  record Things(Entitlement entitlement) implements EntitlementUsage {

    @Override
    public long used(Tx tx) throws SQLException {
      try (PreparedStatement query =
          tx.connection()
              .prepareStatement(
                  "select count(*) from tenant.thing where tenant_id = ? and kind = ?")) {
        query.setObject(1, tx.context().tenantId());
        query.setString(2, entitlement.name());
        try (ResultSet row = query.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    }
  }
}
