// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import io.rookery.persistence.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ClassProvider;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings one area's tables to the version of its scripts, as the owner, and then secures them. Safe
 * to repeat, and to run on several nodes at a time: they take turns.
 */
public final class SchemaMigrator {

  private final DataSource owner;

  /** Works through connections of the owner. */
  public SchemaMigrator(DataSource owner) {
    this.owner = owner;
  }

  /** Migrates and secures an area; what it did before failing stays, as each script is atomic. */
  public Schema migrate(Area area) throws SQLException {
    try (MigrationLock lock = MigrationLock.take(owner)) {
      Flyway flyway = flyway(area);
      MigrateResult result = flyway.migrate();
      secure(lock.connection(), area, result.migrationsExecuted > 0);
      MigrationInfo current = flyway.info().current();
      return new MigratedSchema(area.name(), current.getVersion().getVersion());
    }
  }

  /** Flyway finds its own parts by this bundle's class loader, whatever the thread's one is. */
  private Flyway flyway(Area area) {
    ClassLoader own = SchemaMigrator.class.getClassLoader();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(own);
    try {
      return Flyway.configure(own)
          .dataSource(owner)
          .defaultSchema("platform")
          .createSchemas(false)
          .table("schema_history_" + area.name())
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .placeholderReplacement(false)
          .cleanDisabled(true)
          .resourceProvider(new FlywayScripts(area))
          .javaMigrationClassProvider(new NoClasses())
          .load();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static void secure(Connection connection, Area area, boolean changed)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      boolean opened = new RowSecurity(connection).apply();
      new SecurityScript(connection, area).run(changed || opened);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static final class NoClasses implements ClassProvider<JavaMigration> {

    @Override
    public List<Class<? extends JavaMigration>> getClasses() {
      return List.of();
    }
  }

  private record MigratedSchema(String area, String version) implements Schema {}
}
