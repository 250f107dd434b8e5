// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jopenlibs.vault.json.Json;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.StoreSetup.Order;
import io.rookery.spi.secrets.StoreSetup.Step;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A server in production mode that is set up, and stores on it that are closed with it. */
final class Rig implements AutoCloseable {

  private final Path folder;
  private final OpenBao bao;
  private final List<VaultStore> stores = new ArrayList<>();

  Rig(Path folder) throws Exception {
    this.folder = folder;
    this.bao = OpenBao.production(folder);
  }

  OpenBao bao() {
    return bao;
  }

  /** Returns what a node uses whose files stand in a folder of its own. */
  Access access(String node) {
    return new Access("rookery", "approle", "rookery", folder.resolve(node), "", null);
  }

  List<Step> setUp(Access access) {
    return setUp(access, false);
  }

  List<Step> setUp(Access access, boolean renew) {
    return new VaultSetup(bao.server(), access, Clock.systemUTC())
        .apply(new Order(bao.root(), null, renew));
  }

  /** Returns the store of a node that is set up now. */
  VaultStore node(String name) {
    setUp(access(name));
    return store(bao.server(), access(name));
  }

  VaultStore store(Server server, Access access) {
    VaultStore store = new VaultStore(server, access, Clock.systemUTC());
    stores.add(store);
    return store;
  }

  /** Returns the server at another address, of another patience. */
  Server server(String address, Duration timeout) {
    return new Server(URI.create(address), "", bao.server().authorities(), timeout, 16);
  }

  /** Signs in by hand and returns the token. */
  Secret token(Access access) throws Exception {
    String question =
        "{\"role_id\":\"%s\",\"secret_id\":\"%s\"}"
            .formatted(
                Files.readString(access.folder().resolve("role-id")).strip(),
                Files.readString(access.folder().resolve("secret-id")).strip());
    return token(question, "auth/approle/login");
  }

  Secret token(String question, String path) throws Exception {
    Answer answer = bao.send("POST", path, null, Json.parse(question).asObject());
    return Secret.of(Answer.object(answer.body(), "auth").getString("client_token", ""));
  }

  static SecretPath fresh() {
    return SecretPath.tenant(UUID.randomUUID(), "smtp/main");
  }

  static SecretData data(String value) {
    return new SecretData(Map.of("password", Secret.of(value)));
  }

  static String value(VaultStore store, SecretPath path) {
    return store.read(path, 0).orElseThrow().data().fields().get("password").reveal();
  }

  static SecretStoreException failure(ThrowingCallable call) {
    SecretStoreException failure = catchThrowableOfType(SecretStoreException.class, call);
    assertThat(failure).as("The call should fail").isNotNull();
    return failure;
  }

  @Override
  public void close() throws Exception {
    stores.forEach(VaultStore::close);
    bao.close();
  }
}
