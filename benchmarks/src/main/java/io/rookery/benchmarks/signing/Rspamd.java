// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.testkit.peers.FreePorts;
import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rspamd with nothing but its check of DKIM signatures. Thread-safe. */
final class Rspamd implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Server server;
  private final URI check;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private Rspamd(Server server) {
    this.server = server;
    this.check = URI.create("http://127.0.0.1:" + server.port() + "/checkv2");
  }

  /** Starts it with a name server of this machine. */
  static Rspamd start(Path folder, int nameServer) throws IOException, InterruptedException {
    String program = Peers.require("rspamd").toString();
    int port = FreePorts.next();
    String settings =
        """
        options {
          filters = "dkim";
          pidfile = false;
          control_socket = "%1$s/control mode=0600";
          tempdir = "%1$s";
          hs_cache_dir = "%1$s";
          stats_file = "%1$s/stats";
          dns { nameserver = ["127.0.0.1:%2$d"]; timeout = 5s; retransmits = 5; }
          local_addrs = [];
        }
        logging { type = "console"; level = "error"; }
        worker "normal" { bind_socket = "127.0.0.1:%3$d"; count = 2; }
        dkim { max_sigs = 5; }
        """
            .formatted(folder, nameServer, port);
    Path file = Files.writeString(folder.resolve("rspamd.conf"), settings);
    // -i: it may run as whoever runs the tests.
    return new Rspamd(
        Server.start(folder, port, List.of(program, "-f", "-i", "-c", file.toString())));
  }

  /**
   * Returns what it found, as {@code SYMBOL domain:s=selector}; for a message whose signatures all
   * hold that is R_DKIM_ALLOW for each.
   */
  Set<String> signatures(byte[] message) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(check)
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofByteArray(message))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("Rspamd answers " + response.statusCode());
    }
    Set<String> found = new TreeSet<>();
    for (JsonNode symbol : JSON.readTree(response.body()).path("symbols")) {
      String name = symbol.path("name").asText();
      if (name.startsWith("R_DKIM_")) {
        symbol.path("options").forEach(option -> found.add(name + " " + option.asText()));
      }
    }
    return found;
  }

  @Override
  public void close() throws InterruptedException {
    server.close();
  }
}
