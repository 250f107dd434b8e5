// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Knot DNS, which serves the zones of some domains. */
final class NameServer implements AutoCloseable {

  private final Server server;

  private NameServer(Server server) {
    this.server = server;
  }

  static NameServer start(Path folder, List<SigningDomain> domains)
      throws IOException, InterruptedException {
    String program = Peers.require("knotd").toString();
    Files.createDirectories(folder.resolve("db"));
    int port = Server.freePort();
    StringBuilder settings =
        new StringBuilder(
            """
            server:
                listen: 127.0.0.1@%d
                rundir: %s
            log:
              - target: stderr
                any: warning
            database:
                storage: %s/db
            zone:
            """
                .formatted(port, folder, folder));
    for (SigningDomain domain : domains) {
      Path zone = Files.writeString(folder.resolve(domain.name() + ".zone"), domain.zone());
      settings.append("  - domain: ").append(domain.name()).append('\n');
      settings.append("    file: ").append(zone).append('\n');
      settings.append("    zonefile-load: whole\n    zonefile-sync: -1\n");
      settings.append("    journal-content: none\n");
    }
    Path file = Files.writeString(folder.resolve("knot.conf"), settings);
    return new NameServer(Server.start(folder, port, List.of(program, "-c", file.toString())));
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() throws InterruptedException {
    server.close();
  }
}
