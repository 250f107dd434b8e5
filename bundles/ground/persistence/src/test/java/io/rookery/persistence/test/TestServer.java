// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import io.rookery.persistence.internal.database.Credential;
import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.database.DatabaseAddress;
import io.rookery.persistence.internal.database.Logins;
import io.rookery.persistence.internal.database.OwnDatabase;
import io.rookery.persistence.internal.database.Role;
import io.rookery.persistence.internal.database.Roles;
import io.rookery.persistence.internal.schema.AreaOrder;
import io.rookery.persistence.internal.schema.SchemaMigrator;
import io.rookery.persistence.internal.server.EmbeddedServer;
import io.rookery.persistence.internal.server.Folders;
import io.rookery.persistence.internal.server.ServerBinaries;
import io.rookery.persistence.internal.server.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one server of this JVM. Its programs are unpacked once per machine and user; its data is
 * thrown away at exit, so it need not wait for the disk.
 */
final class TestServer {

  private static final class Holder {
    static final TestServer INSTANCE = new TestServer();
  }

  private final EmbeddedServer server;
  private final Credential superuser;
  private final Logins logins =
      new Logins(
          new Credential(Role.OWNER, "owner-of-tests"),
          new Credential(Role.APP, "app-of-tests"),
          new Credential(Role.SYSTEM, "system-of-tests"));
  private final Map<Set<String>, String> templates = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  private TestServer() {
    Path cache =
        Folders.passable(
            Path.of(
                System.getProperty("java.io.tmpdir"),
                "rookery-postgres-" + System.getProperty("user.name")));
    TestLeftovers.remove(cache);
    Path folder = cache.resolve(TestLeftovers.PREFIX + ProcessHandle.current().pid());
    server = EmbeddedServer.start(folder, ServerBinaries.unpack(cache), settings());
    superuser = new Credential(server.superuser(), server.password());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "rookery-test-server"));
    try {
      new OwnDatabase(server.port(), superuser).ensureOwner(logins.owner());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static TestServer get() {
    return Holder.INSTANCE;
  }

  private static ServerSettings settings() {
    return ServerSettings.standard()
        .with("fsync", "off")
        .with("full_page_writes", "off")
        .with("shared_buffers", "64MB")
        .with("max_wal_size", "256MB")
        .with("logging_collector", "off")
        .with("log_min_messages", "error");
  }

  private void remove(Path folder) {
    server.close();
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a database that holds the tables of areas. */
  TestCopy copy(Set<String> areas) {
    Set<String> sorted = new TreeSet<>(AreaOrder.BY_NAME);
    sorted.add("persistence");
    sorted.addAll(areas);
    String template = templates.computeIfAbsent(sorted, this::template);
    String name = "test" + count.incrementAndGet();
    DatabaseAddress address = create(name, template);
    Database database =
        new Database(address, logins, new Database.Sizes(16, 6, Duration.ofSeconds(5)), false);
    return new TestCopy(name, address, database);
  }

  private String template(Set<String> areas) {
    String name = "areas" + count.incrementAndGet();
    DatabaseAddress address = create(name, "template0");
    try (Connection owner = address.source(logins.owner()).getConnection()) {
      new Roles(address, logins).ensure(owner);
      SchemaMigrator migrator = new SchemaMigrator(address.source(logins.owner()));
      for (String area : areas) {
        migrator.migrate(ClassPathAreas.find(area));
      }
      return name;
    } catch (SQLException e) {
      throw new IllegalStateException("The tables of " + areas + " cannot be made", e);
    }
  }

  private DatabaseAddress create(String name, String template) {
    try {
      new OwnDatabase(server.port(), superuser).ensureDatabase(name, Role.OWNER, template);
      return DatabaseAddress.loopback(server.port(), name);
    } catch (SQLException e) {
      throw new IllegalStateException("The database " + name + " cannot be made", e);
    }
  }

  /** Drops a copy, whoever is still connected. */
  void drop(TestCopy copy) {
    copy.database().close();
    try (Connection connection =
            DatabaseAddress.loopback(server.port(), "postgres").source(superuser).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database " + copy.name() + " with (force)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Connection superuser(TestCopy copy) throws SQLException {
    return copy.address().source(superuser).getConnection();
  }

  Database reopened(TestCopy copy) {
    Database.Sizes sizes = new Database.Sizes(2, 2, Duration.ofSeconds(1));
    return new Database(copy.address(), logins, sizes, false);
  }

  Logins logins() {
    return logins;
  }

  /** A database for one test class. */
  record TestCopy(String name, DatabaseAddress address, Database database) {}
}
