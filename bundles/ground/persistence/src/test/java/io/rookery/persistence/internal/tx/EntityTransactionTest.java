// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EntityTransactionTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("sample");

  private final Transactions transactions = DATABASE.transactions();
  private final TenantContext tenant = DATABASE.tenant();
  private final EntityManagerFactory unit = DATABASE.entityManagerFactory("sample");
  private final UUID id = Uuids.next();

  @Test
  void entityShouldComeBackAsItWent() {
    SampleEntity.Details details = new SampleEntity.Details("blue", List.of(1, 2));
    persist("a", details);
    SampleEntity found = transactions.callEntity(tenant, unit, tx -> find(tx.entities(), tenant));
    assertThat(found.details()).isEqualTo(details);
    assertThat(found.madeAt()).isEqualTo("2026-11-23T10:00:00Z");
  }

  @Test
  void nullJsonShouldBePossible() {
    persist("a", null);
    SampleEntity found = transactions.callEntity(tenant, unit, tx -> find(tx.entities(), tenant));
    assertThat(found.details()).isNull();
  }

  @Test
  void entitiesAndJdbcShouldShareATransaction() {
    int seen =
        transactions.callEntity(
            tenant,
            unit,
            tx -> {
              tx.entities().persist(new SampleEntity(tenant.tenantId(), id, "a", null));
              tx.entities().flush();
              return count(tx.connection());
            });
    assertThat(seen).isEqualTo(1);
  }

  @Test
  void exceptionShouldRollBackEntitiesAndJdbc() {
    assertThatThrownBy(
            () ->
                transactions.callEntity(
                    tenant,
                    unit,
                    tx -> {
                      tx.entities().persist(new SampleEntity(tenant.tenantId(), id, "a", null));
                      tx.entities().flush();
                      throw new IllegalArgumentException();
                    }))
        .isInstanceOf(RookeryException.class);
    assertThat(transactions.<Integer>call(tenant, tx -> count(tx.connection()))).isZero();
  }

  @Test
  void anotherTenantsEntityShouldNotBeFoundThoughItWasReadBefore() {
    persist("a", null);
    transactions.callEntity(tenant, unit, tx -> find(tx.entities(), tenant));
    SampleEntity found =
        transactions.callEntity(DATABASE.tenant(), unit, tx -> find(tx.entities(), tenant));
    assertThat(found).isNull();
  }

  @Test
  void unitThatSharesItsCacheShouldBeRefusedAsItWouldServeAnotherTenantsEntity() {
    EntityManagerFactory shared = DATABASE.entityManagerFactory("sample-shared");
    assertThat(foundByAStranger(shared)).isNotNull();
    assertThat(foundByAStranger(unit)).isNull();

    assertThatThrownBy(() -> transactions.callEntity(tenant, shared, tx -> null))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("eclipselink.cache.shared.default=false");
  }

  @Test
  void takenUniqueKeyShouldBecomeConflict() {
    persist("a", null);
    assertThatThrownBy(
            () ->
                transactions.callEntity(
                    tenant,
                    unit,
                    tx -> {
                      tx.entities()
                          .persist(new SampleEntity(tenant.tenantId(), Uuids.next(), "a", null));
                      return null;
                    }))
        .extracting(e -> ((RookeryException) e).code())
        .isEqualTo(CommonErrors.CONFLICT);
  }

  @Test
  void callEntityOnceShouldRunOnce() {
    TenantContext keyed = tenant.with(new IdempotencyKey("k", "f"));
    for (int i = 0; i < 2; i++) {
      String name =
          transactions.callEntityOnce(
              keyed,
              unit,
              String.class,
              tx -> {
                tx.entities().persist(new SampleEntity(tenant.tenantId(), id, "a", null));
                return "made";
              });
      assertThat(name).isEqualTo("made");
    }
    assertThat(transactions.<Integer>call(tenant, tx -> count(tx.connection()))).isEqualTo(1);
  }

  @Test
  void unitOfAnotherRoleShouldBeRefused() {
    EntityManagerFactory foreign =
        DATABASE.entityManagerFactory("sample", DATABASE.systemDataSource());
    assertThatThrownBy(() -> transactions.callEntity(tenant, foreign, tx -> null))
        .hasStackTraceContaining("run as rookery_app");
    foreign.close();
  }

  private void persist(String name, SampleEntity.Details details) {
    transactions.callEntity(
        tenant,
        unit,
        tx -> {
          tx.entities().persist(new SampleEntity(tenant.tenantId(), id, name, details));
          return null;
        });
  }

  private SampleEntity find(EntityManager entities, TenantContext owner) {
    return entities.find(SampleEntity.class, new SampleEntity.Key(owner.tenantId(), id));
  }

  private SampleEntity foundByAStranger(EntityManagerFactory factory) {
    UUID fresh = Uuids.next();
    SampleEntity.Key key = new SampleEntity.Key(tenant.tenantId(), fresh);
    unchecked(
        factory,
        tenant,
        entities -> {
          String name = fresh.toString();
          entities.persist(new SampleEntity(tenant.tenantId(), fresh, name, null));
          return null;
        });
    return unchecked(factory, DATABASE.tenant(), e -> e.find(SampleEntity.class, key));
  }

  /** Does what callEntity does, without its check. */
  private static <R> R unchecked(
      EntityManagerFactory factory, TenantContext as, Function<EntityManager, R> work) {
    EntityManager entities = factory.createEntityManager();
    try {
      entities.getTransaction().begin();
      TenantSetting.apply(entities.unwrap(Connection.class), as);
      R result = work.apply(entities);
      entities.getTransaction().commit();
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      entities.close();
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from tenant.sample")) {
      row.next();
      return row.getInt(1);
    }
  }
}
