// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.start;

import io.rookery.persistence.internal.database.Credential;
import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.database.DatabaseAddress;
import io.rookery.persistence.internal.database.Logins;
import io.rookery.persistence.internal.database.OwnDatabase;
import io.rookery.persistence.internal.database.Role;
import io.rookery.persistence.internal.database.Roles;
import io.rookery.persistence.internal.database.SettingsCheck;
import io.rookery.persistence.internal.schema.MigrationLock;
import io.rookery.persistence.internal.server.EmbeddedServer;
import io.rookery.persistence.internal.server.Folders;
import io.rookery.persistence.internal.server.PasswordFile;
import io.rookery.persistence.internal.server.ServerBinaries;
import io.rookery.persistence.internal.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Opens the database that the configuration names, or our own. Each step may be repeated, so an
 * attempt that failed half-way is simply made again.
 */
final class Opener {

  private static final String DATABASE = "rookery";

  private final PersistenceConfiguration configuration;
  private final Path folder;
  private final ServerSettings settings;

  Opener(PersistenceConfiguration configuration, Path folder) {
    this(configuration, folder, ServerSettings.standard());
  }

  Opener(PersistenceConfiguration configuration, Path folder, ServerSettings settings) {
    this.configuration = configuration;
    this.folder = folder;
    this.settings = settings;
  }

  /** Opens the database: sees to roles and schemas, and refuses one that could lose work. */
  Opened open() throws SQLException {
    Folders.passable(folder);
    return configuration.url().isBlank() ? openOwn() : openForeign();
  }

  private Opened openOwn() throws SQLException {
    Path home = ServerBinaries.unpack(folder);
    EmbeddedServer server = EmbeddedServer.start(folder, home, settings);
    try {
      ServerBinaries.keepOnly(home);
      Logins logins = logins(Role.OWNER);
      OwnDatabase own =
          new OwnDatabase(server.port(), new Credential(server.superuser(), server.password()));
      own.ensureOwner(logins.owner());
      own.ensureDatabase(DATABASE, Role.OWNER, "template0");
      DatabaseAddress address = DatabaseAddress.loopback(server.port(), DATABASE);
      return new Opened(prepare(address, logins, true), server);
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private Opened openForeign() throws SQLException {
    DatabaseAddress address = new DatabaseAddress(configuration.url());
    return new Opened(prepare(address, logins(configuration.owner()), false), null);
  }

  private Database prepare(DatabaseAddress address, Logins logins, boolean exclusive)
      throws SQLException {
    try (MigrationLock lock = MigrationLock.take(address.source(logins.owner()))) {
      SettingsCheck.verify(lock.connection());
      new Roles(address, logins).ensure(lock.connection());
    }
    for (Credential login : new Credential[] {logins.app(), logins.system()}) {
      try (Connection connection = address.source(login).getConnection()) {
        SettingsCheck.verify(connection);
      }
    }
    return new Database(address, logins, sizes(), exclusive);
  }

  private Logins logins(String owner) {
    return new Logins(
        new Credential(owner, password("owner", configuration.owner_password_file())),
        new Credential(Role.APP, password("app", configuration.app_password_file())),
        new Credential(Role.SYSTEM, password("system", configuration.system_password_file())));
  }

  private String password(String name, String file) {
    if (!file.isBlank()) {
      return PasswordFile.read(Path.of(file));
    }
    if (name.equals("owner") && !configuration.url().isBlank()) {
      throw new IllegalArgumentException("A url needs an owner.password.file beside it");
    }
    return PasswordFile.readOrMake(Folders.closed(folder.resolve("secrets")).resolve(name));
  }

  private Database.Sizes sizes() {
    return new Database.Sizes(
        configuration.app_connections(),
        configuration.system_connections(),
        new Database.Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(configuration.lock_timeout_seconds()),
            Duration.ofSeconds(configuration.statement_timeout_seconds())));
  }
}
