// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The open database: a pool for each of the two working roles, and single connections of the owner.
 * Thread-safe.
 */
public final class Database implements AutoCloseable {

  /**
   * How large the pools are.
   *
   * @param app the most connections of {@code rookery_app}
   * @param system the most connections of {@code rookery_system}
   * @param patience how long work in them may wait
   */
  public record Sizes(int app, int system, Patience patience) {

    /** Sizes with the usual patience, but for a connection. */
    public Sizes(int app, int system, Duration connection) {
      this(app, system, new Patience(connection, Duration.ofSeconds(5), Duration.ofSeconds(25)));
    }
  }

  /**
   * How long work may wait, so that each piece of it ends in bounded time: whoever calls is told to
   * come again instead. The owner, who migrates, waits as long as it takes.
   *
   * @param connection for a free connection
   * @param lock for a row or a table that another transaction holds
   * @param statement for one statement in all
   */
  public record Patience(Duration connection, Duration lock, Duration statement) {

    /** How much longer than any statement a server may be silent before it counts as gone. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private String settings() {
      return "set lock_timeout = %d; set statement_timeout = %d; %s"
          .formatted(lock.toMillis(), statement.toMillis(), FRESH_PLANS);
    }

    private int silenceSeconds() {
      return (int) statement.plus(SILENCE).toSeconds();
    }
  }

  /**
   * Plans are made for each run of a statement. A plan that the server once made and kept, when a
   * table was new and empty, can take the wrong index for as long as nobody analyses the table:
   * seconds for what takes milliseconds, in the first minute of the first large tenant.
   */
  private static final String FRESH_PLANS = "set plan_cache_mode = force_custom_plan";

  private final PGSimpleDataSource ownerSource;
  private final PGSimpleDataSource appSource;
  private final PGSimpleDataSource systemSource;
  private final HikariDataSource app;
  private final HikariDataSource system;
  private final boolean exclusive;
  private final Room room = new Room(System::nanoTime);

  /**
   * Opens the pools; connections are made when they are needed.
   *
   * @param exclusive whether no other node can be on this database
   */
  public Database(DatabaseAddress address, Logins logins, Sizes sizes, boolean exclusive) {
    this.ownerSource = address.source(logins.owner());
    this.ownerSource.setSocketTimeout(0);
    this.appSource = address.source(logins.app());
    this.systemSource = address.source(logins.system());
    // What the server tells of a row that it refused would put people's data into our log.
    this.appSource.setLogServerErrorDetail(false);
    this.systemSource.setLogServerErrorDetail(false);
    this.appSource.setSocketTimeout(sizes.patience().silenceSeconds());
    this.systemSource.setSocketTimeout(sizes.patience().silenceSeconds());
    this.app = pool("rookery-app", appSource, sizes.app(), sizes.patience());
    this.system = pool("rookery-system", systemSource, sizes.system(), sizes.patience());
    this.exclusive = exclusive;
  }

  private static HikariDataSource pool(
      String name, DataSource source, int size, Patience patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(patience.connection().toMillis());
    config.setValidationTimeout(Math.min(2_000, patience.connection().toMillis()));
    config.setConnectionInitSql(patience.settings());
    config.setIdleTimeout(Duration.ofMinutes(5).toMillis());
    config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /**
   * Returns the pool of {@code rookery_app}; without a tenant its connections see no tenant row.
   */
  public DataSource app() {
    return app;
  }

  /** Returns the pool of {@code rookery_system}. */
  public DataSource system() {
    return system;
  }

  /** Returns the state of the pool of {@code rookery_app}. */
  public HikariPoolMXBean appPool() {
    return app.getHikariPoolMXBean();
  }

  /** Returns the state of the pool of {@code rookery_system}. */
  public HikariPoolMXBean systemPool() {
    return system.getHikariPoolMXBean();
  }

  /** Returns a source of the owner's connections, which are not pooled. */
  public DataSource ownerSource() {
    return ownerSource;
  }

  /** Opens a connection of the owner; the caller closes it. */
  public Connection owner() throws SQLException {
    return ownerSource.getConnection();
  }

  /** Returns whether no other node can be on this database. */
  public boolean exclusive() {
    return exclusive;
  }

  /** Returns whether the database has room for what is written. */
  public Room room() {
    return room;
  }

  /** Has new connections go to another port of the same server. */
  public void moveTo(int port) {
    for (PGSimpleDataSource source :
        new PGSimpleDataSource[] {ownerSource, appSource, systemSource}) {
      source.setPortNumbers(new int[] {port});
    }
    appPool().softEvictConnections();
    systemPool().softEvictConnections();
  }

  /** Closes the pools and their connections. */
  @Override
  public void close() {
    app.close();
    system.close();
  }
}
