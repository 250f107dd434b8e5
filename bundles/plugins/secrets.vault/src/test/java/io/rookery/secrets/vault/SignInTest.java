// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreSetup.Order;
import io.rookery.spi.secrets.StoreStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the store out, and that it says so. */
@Tag("peer")
class SignInTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir static Path folder;

  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(folder);
    rig.setUp(rig.access("first"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (rig != null) {
      rig.close();
    }
  }

  /** Returns a node of a role of its own, set up, so that the role may be changed. */
  private static Access own(String role) {
    Access access = new Access("rookery", "approle", role, folder.resolve(role), "", null);
    rig.setUp(access);
    return access;
  }

  private static void change(String role, String json) throws Exception {
    rig.bao().require("POST", "auth/approle/role/" + role, json);
  }

  private static void assertDenied(SecretStoreException failure, String... words) {
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.DENIED);
    assertThat(failure.getMessage()).contains(words);
  }

  @Test
  void unknownAuthorityShouldBeSaid() throws Exception {
    Access access = own("authority");
    Path other = new TestAuthority(folder.resolve("other-tls")).authority();
    Server server = new Server(rig.bao().server().address(), "", other, LONG, 16);
    VaultStore store = rig.store(server, access);

    SecretStoreException failure = Rig.failure(() -> store.read(Rig.fresh(), 0));

    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessageContaining("not believed").hasMessageContaining("ca_file");
    assertThat(store.status()).isEqualTo(StoreStatus.UNREACHABLE);
    // Nothing was given away to a server that is not believed.
    assertThat(access.folder().resolve("wrapped-secret-id")).exists();
  }

  @Test
  void certificateOfAnotherHostShouldBeSaid() throws Exception {
    Server server = rig.server("https://127.0.0.1:" + rig.bao().server().address().getPort(), LONG);
    VaultStore store = rig.store(server, own("host"));

    assertThat(Rig.failure(() -> store.read(Rig.fresh(), 0)))
        .hasMessageContaining("use a host that it names");
  }

  @Test
  void unknownNamespaceShouldBeSaid() {
    Access access = own("lost");
    Server right = rig.bao().server();
    Server wrong = new Server(right.address(), "nowhere", right.authorities(), LONG, 16);

    assertDenied(Rig.failure(() -> rig.store(wrong, access).read(Rig.fresh(), 0)), "namespace");
  }

  @Test
  void namespaceShouldHoldItsOwnSecrets() throws Exception {
    rig.bao().require("POST", "sys/namespaces/team", "{}");
    Server right = rig.bao().server();
    Server team = new Server(right.address(), "team", right.authorities(), LONG, 16);
    Access access = rig.access("team");
    new VaultSetup(team, access, Clock.systemUTC()).apply(new Order(rig.bao().root(), null, false));
    SecretPath path = Rig.fresh();

    rig.store(team, access).write(path, Rig.data("of the team"), 0);

    assertThat(rig.bao().require("GET", "team/rookery/data/" + path, null).toString())
        .contains("of the team");
    assertThat(rig.store(right, rig.access("first")).read(path, 0)).isEmpty();
  }

  @Test
  void secretIdThatIsUsedUpShouldBeSaidAndMended() throws Exception {
    Access access = own("once");
    change("once", "{\"secret_id_num_uses\":1}");
    rig.setUp(access, true);
    rig.store(rig.bao().server(), access).read(Rig.fresh(), 0);
    VaultStore late = rig.store(rig.bao().server(), access);
    List<String> heard = new CopyOnWriteArrayList<>();
    late.addWatch(heard::add);

    assertDenied(Rig.failure(() -> late.read(Rig.fresh(), 0)), "used up", "rookery:vault-setup");
    assertThat(heard).containsExactly("vault");

    rig.setUp(access);
    await().atMost(LONG).until(() -> late.status() == StoreStatus.READY);
  }

  @Test
  void secretIdThatRanOutShouldBeSaid() throws Exception {
    Access access = own("short");
    VaultStore store = rig.store(rig.bao().server(), access);
    store.read(Rig.fresh(), 0);
    String accessors = "auth/approle/role/short/secret-id?list=true";
    var keys = rig.bao().require("GET", accessors, null).get("keys").asArray();
    for (var key : keys) {
      rig.bao()
          .require(
              "POST",
              "auth/approle/role/short/secret-id-accessor/destroy",
              "{\"secret_id_accessor\":" + key + "}");
    }

    assertDenied(
        Rig.failure(() -> rig.store(rig.bao().server(), access).read(Rig.fresh(), 0)),
        "was destroyed");
  }

  @Test
  void narrowPolicyShouldBeSaidAndMended() throws Exception {
    Access access = own("narrow");
    VaultStore store = rig.store(rig.bao().server(), access);
    assertThat(store.status()).isEqualTo(StoreStatus.READY);
    String lookingAlone = "path \\\"auth/token/lookup-self\\\" { capabilities=[\\\"read\\\"] }";
    rig.bao()
        .require(
            "POST", "sys/policies/acl/narrow-platform", "{\"policy\":\"" + lookingAlone + "\"}");

    assertDenied(Rig.failure(() -> store.read(Rig.fresh(), 0)), "policy", "rookery:vault-setup");
    assertThat(store.status()).isEqualTo(StoreStatus.UNREACHABLE);

    rig.setUp(access);
    assertThat(store.status()).isEqualTo(StoreStatus.READY);
  }

  @Test
  void missingMountShouldNeverPassForAMissingSecret() throws Exception {
    Access access =
        new Access("vanishing", "approle", "vanishing", folder.resolve("vanishing"), "", null);
    rig.setUp(access);
    VaultStore store = rig.store(rig.bao().server(), access);
    SecretPath path = Rig.fresh();
    store.write(path, Rig.data("one"), 0);
    rig.bao().require("DELETE", "sys/mounts/vanishing", null);

    assertDenied(Rig.failure(() -> store.read(path, 0)), "mount");
    assertDenied(Rig.failure(() -> store.metadata(path)), "mount");
    assertDenied(Rig.failure(() -> store.delete(path, Set.of(1))), "mount");
    assertDenied(Rig.failure(() -> store.list(SecretPath.tenant(path.tenantId()))), "mount");
  }

  @Test
  void filesOpenToOthersShouldNotBeUsed() throws Exception {
    Access access = own("open");
    Path file = access.folder().resolve("wrapped-secret-id");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertDenied(
        Rig.failure(() -> rig.store(rig.bao().server(), access).read(Rig.fresh(), 0)),
        "0600",
        file.toString());
  }

  @Test
  void missingFilesShouldBeSaid() {
    assertDenied(
        Rig.failure(() -> rig.store(rig.bao().server(), rig.access("nobody")).read(Rig.fresh(), 0)),
        "role-id",
        "rookery:vault-setup");
  }

  @Test
  void configuredReferencesShouldServeInsteadOfFiles() throws Exception {
    Access files = own("referred");
    rig.store(rig.bao().server(), files).read(Rig.fresh(), 0);
    List<String> values =
        List.of(
            Files.readString(files.folder().resolve("role-id")).strip(),
            Files.readString(files.folder().resolve("secret-id")).strip());
    Access referred =
        new Access(
            "rookery",
            "approle",
            "referred",
            folder.resolve("nothing"),
            values.get(0),
            Secret.of(values.get(1)));

    assertThat(rig.store(rig.bao().server(), referred).status()).isEqualTo(StoreStatus.READY);
    assertThat(referred.toString()).doesNotContain(values.get(1));
  }
}
