// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/**
 * A process that starts a server, keeps a row, tells the server's number and waits to be killed.
 */
final class StartAndWait {

  private StartAndWait() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedServer server =
        EmbeddedServer.start(
            Path.of(arguments[0]), TestFolder.programs(), EmbeddedServerTest.settings());
    String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
    try (Connection connection =
            DriverManager.getConnection(url, server.superuser(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept (n int); insert into kept values (7)");
    }
    System.out.println(server.pid());
    Thread.currentThread().join();
  }
}
