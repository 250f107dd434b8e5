// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Knot DNS, which serves the zones of some domains. */
public final class NameServer implements AutoCloseable {

  private final Server server;

  private NameServer(Server server) {
    this.server = server;
  }

  /**
   * Starts it in a folder.
   *
   * @param zones zones in master file format (RFC 1035 §5) by their domains
   */
  public static NameServer start(Path folder, int port, Map<String, String> zones)
      throws IOException, InterruptedException {
    String program = Peers.require("knotd").toString();
    Files.createDirectories(folder.resolve("db"));
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
    for (Map.Entry<String, String> domain : zones.entrySet()) {
      Path zone = Files.writeString(folder.resolve(domain.getKey() + ".zone"), domain.getValue());
      settings.append("  - domain: ").append(domain.getKey()).append('\n');
      settings.append("    file: ").append(zone).append('\n');
      settings.append("    zonefile-load: whole\n    zonefile-sync: -1\n");
      settings.append("    journal-content: none\n");
    }
    Path file = Files.writeString(folder.resolve("knot.conf"), settings);
    return new NameServer(Server.start(folder, port, List.of(program, "-c", file.toString())));
  }

  /** Returns its port. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() throws InterruptedException {
    server.close();
  }
}
