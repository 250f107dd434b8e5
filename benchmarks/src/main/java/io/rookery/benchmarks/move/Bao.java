// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.move;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.testkit.peers.FreePorts;
import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** An OpenBao that keeps all in memory, prepared for the platform. Thread-safe. */
public final class Bao implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String POLICY =
      """
      path "rookery/*" { capabilities = ["create", "read", "update", "delete", "list"] }
      path "auth/token/lookup-self" { capabilities = ["read"] }
      path "auth/token/renew-self" { capabilities = ["update"] }
      path "auth/token/revoke-self" { capabilities = ["update"] }
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String root = UUID.randomUUID().toString();
  private final String address;
  private final Path folder;
  private final Process process;

  private Bao(Path folder) throws IOException {
    int port = FreePorts.next();
    this.address = "http://127.0.0.1:" + port;
    this.folder = folder;
    this.process =
        new ProcessBuilder(
                Peers.require("bao").toString(),
                "server",
                "-dev",
                "-dev-no-store-token",
                "-dev-root-token-id=" + root,
                "-dev-listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("bao.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts one; the platform's sign-in will stand in the folder. */
  public static Bao start(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Bao bao = new Bao(folder);
    try {
      bao.await("sys/health");
      bao.prepare();
      return bao;
    } catch (IOException | InterruptedException | RuntimeException e) {
      bao.close();
      throw e;
    }
  }

  private void await(String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (send("GET", path, null).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It is not there yet.
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException("OpenBao does not answer at " + path);
  }

  private void prepare() throws IOException, InterruptedException {
    ask("POST", "sys/mounts/rookery", Map.of("type", "kv", "options", Map.of("version", "2")));
    ask("POST", "sys/auth/approle", Map.of("type", "approle"));
    ask("POST", "sys/policies/acl/rookery", Map.of("policy", POLICY));
    ask(
        "POST",
        "auth/approle/role/rookery",
        Map.of("token_policies", List.of("rookery"), "token_ttl", 3600));
    await("rookery/config");
    keep("role-id", ask("GET", "auth/approle/role/rookery/role-id", null).path("role_id"));
    JsonNode made = ask("POST", "auth/approle/role/rookery/secret-id", Map.of());
    keep("secret-id", made.path("secret_id"));
  }

  private void keep(String name, JsonNode value) throws IOException {
    Path file = Files.writeString(folder.resolve(name), value.asText() + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Returns the lines by which a node is told of it. */
  public String configuration() {
    return "address = " + address + "\ncredentials = " + folder + "\n";
  }

  /** Sends a request as root, which must be taken; returns its data. The body may be null. */
  public JsonNode ask(String method, String path, Object body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + ": " + answer.statusCode());
    }
    return answer.body().isEmpty()
        ? JSON.createObjectNode()
        : JSON.readTree(answer.body()).path("data");
  }

  private HttpResponse<String> send(String method, String path, Object body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
            .timeout(PATIENCE)
            .header("X-Vault-Token", root)
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
