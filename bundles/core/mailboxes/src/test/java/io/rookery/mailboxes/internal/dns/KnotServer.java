// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.dns;

import static org.awaitility.Awaitility.await;

import io.rookery.testkit.peers.FreePorts;
import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Knot DNS on a free port of this machine, serving zones that a test has written. */
public final class KnotServer implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final Process process;

  private KnotServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a server.
   *
   * @param zones what stands in each zone's file; one with nothing has none, so that the zone fails
   */
  public static KnotServer start(Map<String, String> zones) throws Exception {
    String program = Peers.require("knotd").toString();
    Path folder = Files.createTempDirectory("knot");
    int port = FreePorts.next();
    StringBuilder text =
        new StringBuilder(
            """
            server:
                listen: 127.0.0.1@%d
                rundir: "%s"
            log:
              - target: stderr
                any: warning
            database:
                storage: "%s"
            template:
              - id: default
                storage: "%s"
                zonefile-load: whole
            zone:
            """
                .formatted(port, folder, folder, folder));
    for (Map.Entry<String, String> zone : zones.entrySet()) {
      text.append("  - domain: ").append(zone.getKey()).append('\n');
      text.append("    file: ").append(zone.getKey()).append(".zone\n");
      if (!zone.getValue().isEmpty()) {
        Files.writeString(folder.resolve(zone.getKey() + ".zone"), zone.getValue());
      }
    }
    Path configuration = Files.writeString(folder.resolve("knot.conf"), text);
    Process process =
        new ProcessBuilder(List.of(program, "-c", configuration.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    KnotServer server = new KnotServer(folder, port, process);
    server.awaitZone();
    return server;
  }

  private void awaitZone() throws IOException {
    LiveDns dns = new LiveDns(List.of(address()), Duration.ofMillis(300));
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  !process.isAlive()
                      || !dns.ask("_spf.op.example", RecordType.TXT).isUnreachable());
    } finally {
      if (!process.isAlive()) {
        throw new IOException("knotd ended: " + Files.readString(folder.resolve("log")));
      }
    }
  }

  /** Returns where it answers. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
