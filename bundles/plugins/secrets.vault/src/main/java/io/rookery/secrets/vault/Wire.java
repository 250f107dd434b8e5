// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.json.JsonObject;
import io.rookery.spi.plugin.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Speaks to the server: sets the driver up, and asks what the driver cannot ask or of whose answers
 * it keeps too little. Each request is sent once.
 */
final class Wire {

  private final Server server;
  private final HttpClient link;

  Wire(Server server, HttpClient link) {
    this.server = server;
    this.link = link;
  }

  /** A request that has a token, which may be null, and no body. */
  Answer get(String path, Secret token) throws IOException, InterruptedException {
    return send("GET", path, token, null);
  }

  /** Sends a request below {@code /v1/}; the token and the body may be null. */
  Answer send(String method, String path, Secret token, JsonObject body)
      throws IOException, InterruptedException {
    return send(method, path, token, body, 0);
  }

  /**
   * Like {@link #send(String, String, Secret, JsonObject)}, the answer wrapped for some seconds.
   */
  Answer send(String method, String path, Secret token, JsonObject body, int wrapSeconds)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + "/v1/" + path))
            .header("X-Vault-Request", "true")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (body != null) {
      String type = method.equals("PATCH") ? "merge-patch+json" : "json";
      request.header("Content-Type", "application/" + type);
    }
    if (token != null) {
      request.header("X-Vault-Token", token.reveal());
    }
    if (!server.namespace().isEmpty()) {
      request.header("X-Vault-Namespace", server.namespace());
    }
    if (wrapSeconds > 0) {
      request.header("X-Vault-Wrap-TTL", Integer.toString(wrapSeconds));
    }
    HttpResponse<String> answer = link.send(request.build(), BodyHandlers.ofString());
    return Answer.of(answer.statusCode(), answer.body());
  }

  /**
   * Returns the driver's settings for a token, which may be null. They are not built, as that would
   * take a token from the environment or from {@code ~/.vault-token} where there is none.
   */
  VaultConfig driver(Secret token, String mount) throws VaultException {
    VaultConfig config =
        new VaultConfig()
            .address(server.address().toString())
            .httpClient(link)
            .sslConfig(new SslConfig().verify(true))
            .engineVersion(2)
            .prefixPath(mount);
    if (token != null) {
      config.token(token.reveal());
    }
    return server.namespace().isEmpty() ? config : config.nameSpace(server.namespace());
  }
}
