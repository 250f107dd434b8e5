// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.awaitility.Awaitility.await;

import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.rookery.spi.plugin.Secret;
import io.rookery.testkit.peers.FreePorts;
import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** OpenBao on a free port of this machine, in a folder that the test gives. */
final class OpenBao implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Path folder;
  private final Server server;
  private final Wire wire;
  private final List<String> command;
  private final List<String> unsealKeys = new ArrayList<>();
  private String root;
  private Process process;

  private OpenBao(Path folder, String scheme, TestAuthority authority, String root)
      throws IOException {
    this.folder = folder;
    this.root = root;
    int port = FreePorts.next();
    Path trusted = authority == null ? null : authority.authority();
    server = new Server(URI.create(scheme + "://localhost:" + port), "", trusted, TIMEOUT, 16);
    HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if (trusted != null) {
      client.sslContext(Trust.only(trusted));
    }
    wire = new Wire(server, new Link(client.build(), 16, TIMEOUT));
    String program = Peers.require("bao").toString();
    command =
        authority == null
            ? List.of(
                program,
                "server",
                "-dev",
                "-dev-no-store-token",
                "-dev-root-token-id=" + root,
                "-dev-listen-address=127.0.0.1:" + port)
            : List.of(program, "server", "-config=" + configuration(port, authority));
  }

  /** Starts one that keeps everything in memory and is unsealed. */
  static OpenBao dev(Path folder) throws Exception {
    Peers.require("bao");
    OpenBao bao = new OpenBao(folder, "http", null, UUID.randomUUID().toString());
    bao.start();
    await().atMost(TIMEOUT).until(() -> bao.get("sys/health").status() == 200);
    return bao;
  }

  /** Starts one as in production: TLS, a disk, five unseal keys of which three are needed. */
  static OpenBao production(Path folder) throws Exception {
    Peers.require("bao");
    TestAuthority authority = new TestAuthority(folder.resolve("tls"));
    OpenBao bao = new OpenBao(folder, "https", authority, null);
    try {
      bao.start();
      bao.initialise();
      return bao;
    } catch (Exception | Error e) {
      bao.close();
      throw e;
    }
  }

  private void initialise() throws Exception {
    JsonObject shares = new JsonObject().add("secret_shares", 5).add("secret_threshold", 3);
    JsonObject made = send("POST", "sys/init", null, shares).body();
    made.get("keys_base64").asArray().forEach(key -> unsealKeys.add(key.asString()));
    root = made.getString("root_token", "");
    unseal();
  }

  private Path configuration(int port, TestAuthority authority) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    return Files.writeString(
        folder.resolve("bao.hcl"),
        """
        storage "raft" {
          path    = "%s"
          node_id = "only"
        }
        listener "tcp" {
          address       = "127.0.0.1:%d"
          tls_cert_file = "%s"
          tls_key_file  = "%s"
        }
        api_addr     = "https://localhost:%d"
        cluster_addr = "https://127.0.0.1:%d"
        """
            .formatted(
                data, port, authority.certificate(), authority.key(), port, FreePorts.next()));
  }

  /** Starts the server, again too, and awaits that it answers. */
  void start() throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("bao.log").toFile()))
            .start();
    await().atMost(TIMEOUT).until(() -> !process.isAlive() || answers());
    if (!process.isAlive()) {
      throw new IOException("OpenBao ended: " + Files.readString(folder.resolve("bao.log")));
    }
  }

  private boolean answers() {
    try {
      return get("sys/seal-status").status() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void stop() throws InterruptedException {
    if (process == null) {
      return;
    }
    Peers.end(process);
  }

  void seal() throws Exception {
    require("POST", "sys/seal", null);
  }

  void unseal() throws Exception {
    for (String key : unsealKeys.subList(0, 3)) {
      send("POST", "sys/unseal", null, new JsonObject().add("key", key));
    }
    await().atMost(TIMEOUT).until(() -> get("sys/health").status() == 200);
  }

  Server server() {
    return server;
  }

  Secret root() {
    return Secret.of(root);
  }

  private Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, null, null);
  }

  /** Sends a request below {@code /v1/} under a token of one's own; both may be null. */
  Answer send(String method, String path, Secret token, JsonObject body)
      throws IOException, InterruptedException {
    return wire.send(method, path, token, body);
  }

  /** Sends a request as root and returns its {@code data}; the body may be null. */
  JsonObject require(String method, String path, String json) throws Exception {
    JsonValue body = json == null ? null : Json.parse(json);
    Answer answer = wire.send(method, path, root(), body == null ? null : body.asObject());
    if (!answer.done()) {
      throw new AssertionError(path + ": " + answer + " " + answer.words());
    }
    return answer.data();
  }

  @Override
  public void close() throws Exception {
    stop();
  }
}
