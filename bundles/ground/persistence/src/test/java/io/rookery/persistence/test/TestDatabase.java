// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Leases;
import io.rookery.persistence.PartitionedTables;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.epoch.EpochsService;
import io.rookery.persistence.internal.lease.LeasesService;
import io.rookery.persistence.internal.partition.PartitionedTablesService;
import io.rookery.persistence.internal.storage.BundleStorage;
import io.rookery.persistence.internal.tx.TransactionsService;
import io.rookery.spi.plugin.PluginStorage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real database for one test class, migrated and secured as in production. Register it as a
 * static field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase DATABASE = TestDatabase.withAreas("contacts");
 * }</pre>
 *
 * <p>All tests of a class share the database; {@link #tenant()} gives each a tenant of its own.
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

  private final Set<String> areas;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Map<String, EntityManagerFactory> units = new ConcurrentHashMap<>();
  private Clock clock = Clock.systemUTC();
  private TestServer.TestCopy copy;
  private Transactions transactions;
  private EpochsService epochs;
  private LeasesService leases;

  private TestDatabase(Set<String> areas) {
    this.areas = areas;
  }

  /** Returns a database with the tables of persistence and of these areas. */
  public static TestDatabase withAreas(String... areas) {
    return new TestDatabase(Set.of(areas));
  }

  /** Has transactions count the lifetime of idempotency keys by this clock. */
  public TestDatabase withClock(Clock clock) {
    this.clock = clock;
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    copy = TestServer.get().copy(areas);
    transactions = new TransactionsService(copy.database(), clock);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    units.values().forEach(EntityManagerFactory::close);
    units.clear();
    while (!open.isEmpty()) {
      open.pop().close();
    }
    if (copy != null) {
      TestServer.get().drop(copy);
    }
  }

  /** Returns the transactions of this database. */
  public Transactions transactions() {
    return transactions;
  }

  /** Returns the epochs of this database, polled as in production. */
  public synchronized Epochs epochs() {
    if (epochs == null) {
      epochs = new EpochsService(transactions, copy.database(), System::nanoTime);
      open.push(epochs::close);
    }
    return epochs;
  }

  /** Returns the epochs of one more node on this database. */
  public synchronized Epochs epochsOfAnotherNode() {
    EpochsService node = new EpochsService(transactions, copy.database(), System::nanoTime);
    open.push(node::close);
    return node;
  }

  /** Returns the leases of one node on this database. */
  public synchronized Leases leases() {
    if (leases == null) {
      leases = anotherNode();
    }
    return leases;
  }

  /** Returns the leases of one more node on this database. */
  public synchronized LeasesService anotherNode() {
    LeasesService node = new LeasesService(transactions, copy.database(), System::nanoTime);
    open.push(node::close);
    return node;
  }

  /** Returns the upkeep of partitioned tables. */
  public PartitionedTables partitionedTables() {
    return new PartitionedTablesService(copy.database());
  }

  /** Returns the storage of a plugin, named by its bundle's symbolic name. */
  public PluginStorage pluginStorage(String plugin) {
    return new BundleStorage(transactions, plugin, clock);
  }

  /** Returns a context of a tenant that nobody else uses. */
  public TenantContext tenant() {
    return TenantContext.of(Uuids.next(), Actor.system("test"));
  }

  /** Opens a connection of the owner, who sees every row; the caller closes it. */
  public Connection owner() throws SQLException {
    return copy.database().owner();
  }

  /**
   * Opens a connection of {@code rookery_app} with a tenant's rows in sight; the caller closes it.
   */
  public Connection asApp(TenantContext context) throws SQLException {
    Connection connection = copy.address().source(TestServer.get().logins().app()).getConnection();
    try (PreparedStatement statement =
        connection.prepareStatement("select set_config('nile.tenant_id', ?, false)")) {
      statement.setString(1, context.tenantId().toString());
      statement.execute();
    }
    return connection;
  }

  /** Opens a connection of {@code rookery_system}; the caller closes it. */
  public Connection asSystem() throws SQLException {
    return copy.address().source(TestServer.get().logins().system()).getConnection();
  }

  /** Returns the pool of {@code rookery_app}, as persistence units have it. */
  public DataSource appDataSource() {
    return copy.database().app();
  }

  /** Returns the pool of {@code rookery_system}, as the job scheduler has it. */
  public DataSource systemDataSource() {
    return copy.database().system();
  }

  /** Returns the JDBC URL of this database, without a user. */
  public String url() {
    return copy.address().url();
  }

  /** Returns the entity manager factory of a unit of the class path, closed with the database. */
  public EntityManagerFactory entityManagerFactory(String unit) {
    return units.computeIfAbsent(unit, name -> TestUnits.open(name, appDataSource()));
  }

  /** Returns a new factory of a unit on a given pool; the caller closes it. */
  public EntityManagerFactory entityManagerFactory(String unit, DataSource source) {
    return TestUnits.open(unit, source);
  }

  /** Opens a connection of the server's superuser; the caller closes it. */
  public Connection asSuperuser() throws SQLException {
    return TestServer.get().superuser(copy);
  }

  /** Opens this database once more, with small pools of its own; the caller closes it. */
  public Database reopened() {
    return TestServer.get().reopened(copy);
  }

  /** Returns the open database, for tests of persistence itself. */
  public Database database() {
    return copy.database();
  }
}
