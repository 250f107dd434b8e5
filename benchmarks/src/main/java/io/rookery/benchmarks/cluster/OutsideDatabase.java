// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.cluster;

import io.rookery.persistence.internal.database.Credential;
import io.rookery.persistence.internal.database.OwnDatabase;
import io.rookery.persistence.internal.database.Role;
import io.rookery.persistence.internal.server.EmbeddedServer;
import io.rookery.persistence.internal.server.ServerBinaries;
import io.rookery.persistence.internal.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A PostgreSQL of the harness, beside the nodes: the programs that the distribution carries, as the
 * user that the platform itself would choose for them.
 */
public final class OutsideDatabase implements DatabaseServer {

  private static final String NAME = "rookery";

  private final EmbeddedServer server;

  private OutsideDatabase(EmbeddedServer server) {
    this.server = server;
  }

  /**
   * Starts one below a folder, with an owner whose password stands in a file.
   *
   * @param connections how many it lets in
   */
  public static OutsideDatabase start(Path folder, Path ownerPassword, int connections)
      throws IOException, SQLException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path home = ServerBinaries.unpack(folder);
    ServerSettings settings =
        ServerSettings.standard().with("max_connections", Integer.toString(connections));
    EmbeddedServer server = EmbeddedServer.start(folder, home, settings);
    OwnDatabase own =
        new OwnDatabase(server.port(), new Credential(server.superuser(), server.password()));
    own.ensureOwner(new Credential(Role.OWNER, Files.readString(ownerPassword).strip()));
    own.ensureDatabase(NAME, Role.OWNER, "template0");
    return new OutsideDatabase(server);
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public long pid() {
    return server.pid();
  }

  @Override
  public void kill() throws InterruptedException {
    Processes.kill(server.pid());
  }

  @Override
  public void start() {
    server.revive();
  }

  @Override
  public Connection connect() throws SQLException {
    return new OwnDatabase(server.port(), new Credential(server.superuser(), server.password()))
        .connect(NAME);
  }

  @Override
  public void close() {
    server.close();
  }
}
