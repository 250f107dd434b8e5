// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.testkit.mail.TestCertificate;
import io.rookery.testkit.peers.FreePorts;
import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Pebble, Let's Encrypt's server for tests, in strict mode on free ports of this machine. */
final class PebbleServer implements AutoCloseable {

  private final Path folder;
  private final Process process;
  private final int port;
  private final int management;
  private final HttpClient client;

  private PebbleServer(
      Path folder, Process process, int port, int management, TestCertificate certificate) {
    this.folder = folder;
    this.process = process;
    this.port = port;
    this.management = management;
    this.client = HttpClient.newBuilder().sslContext(certificate.clientContext()).build();
  }

  /** Starts one that asks a name server, and hosts by a port. */
  static PebbleServer start(int dns, int http) throws Exception {
    Path program = Peers.require("pebble");
    Path folder = Files.createTempDirectory("pebble");
    TestCertificate own = TestCertificate.forHost("localhost");
    Path certificate =
        Files.writeString(folder.resolve("cert.pem"), Pem.chain(List.of(own.certificate())));
    Path key = Files.writeString(folder.resolve("key.pem"), Pem.key(own.key()));
    int port = FreePorts.next();
    int management = FreePorts.next();
    String configuration =
        """
        {"pebble": {
          "listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
          "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d,
          "ocspResponderURL": "", "externalAccountBindingRequired": false,
          "retryAfter": {"authz": 1, "order": 1},
          "profiles": {"default": {"description": "One week", "validityPeriod": 604800}}}}
        """
            .formatted(port, management, certificate, key, http, FreePorts.next());
    Path file = Files.writeString(folder.resolve("pebble.json"), configuration);
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "-strict",
            "-config",
            file.toString(),
            "-dnsserver",
            "127.0.0.1:" + dns);
    builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    PebbleServer server = new PebbleServer(folder, process, port, management, own);
    server.awaitReady();
    return server;
  }

  private void awaitReady() throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        get(directory());
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new IOException("Pebble does not answer: " + log(), e);
        }
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  private String get(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  URI directory() {
    return URI.create("https://localhost:" + port + "/dir");
  }

  /** Returns the file with the certificate that Pebble itself shows. */
  Path trust() {
    return folder.resolve("cert.pem");
  }

  /** Returns the root that the certificates that it issues lead to. */
  X509Certificate root() throws Exception {
    String pem = get(URI.create("https://localhost:" + management + "/roots/0"));
    return Pem.certificates(pem).get(0);
  }

  /** Returns what it has said. */
  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
