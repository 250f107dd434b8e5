// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreSetup.Order;
import io.rookery.spi.secrets.StoreSetup.Step;
import io.rookery.spi.secrets.StoreStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our command against OpenBao in production mode. */
@Tag("peer")
class SetupTest {

  @TempDir static Path folder;

  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (rig != null) {
      rig.close();
    }
  }

  private static Access access(String node, String mount) {
    Access usual = rig.access(node);
    return new Access(mount, usual.approle(), mount, usual.folder(), "", null);
  }

  private static List<String> changed(List<Step> steps) {
    return steps.stream().filter(Step::changed).map(Step::what).toList();
  }

  @Test
  void secondRunShouldChangeNothing() {
    Access access = access("repeated", "repeated");

    List<Step> first = rig.setUp(access);

    assertThat(first).hasSize(7);
    assertThat(changed(first)).contains("KV engine, version 2, at repeated", "Role repeated");
    assertThat(changed(rig.setUp(access))).isEmpty();
    // Also once the wrapped secret-id was opened.
    assertThat(rig.store(rig.bao().server(), access).status()).isEqualTo(StoreStatus.READY);
    assertThat(access.folder().resolve("wrapped-secret-id")).doesNotExist();
    assertThat(changed(rig.setUp(access))).isEmpty();
  }

  @Test
  void runShouldMendWhatWasChanged() throws Exception {
    Access access = access("mended", "mended");
    rig.setUp(access);
    rig.bao().require("POST", "sys/policies/acl/mended-platform", "{\"policy\":\"# nothing\"}");
    rig.bao().require("POST", "auth/approle/role/mended", "{\"token_policies\":[\"default\"]}");

    assertThat(changed(rig.setUp(access))).containsExactly("Policy mended-platform", "Role mended");
  }

  @Test
  void filesShouldBeReadableByTheirOwnerAlone() throws IOException {
    Access access = access("private", "private");
    rig.setUp(access);
    assertPrivate(access.folder(), "role-id", "wrapped-secret-id");

    assertThat(rig.store(rig.bao().server(), access).status()).isEqualTo(StoreStatus.READY);
    assertPrivate(access.folder(), "role-id", "secret-id");
  }

  private static void assertPrivate(Path place, String... names) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"))
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder(names);
    }
  }

  @Test
  void operatorsTokenShouldBeKeptNowhere() throws IOException {
    Access access = access("forgetful", "forgetful");
    List<Step> steps = rig.setUp(access);

    assertThat(steps.toString()).doesNotContain(rig.bao().root().reveal());
    try (Stream<Path> files = Files.list(access.folder())) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.UTF_8))
                      .doesNotContain(rig.bao().root().reveal()));
    }
  }

  @Test
  void newSecretIdShouldServeTheNextSignInAndDisturbNobody() throws Exception {
    Access access = access("renewed", "renewed");
    rig.setUp(access);
    VaultStore store = rig.store(rig.bao().server(), access);
    store.write(Rig.fresh(), Rig.data("one"), 0);
    String before = Files.readString(access.folder().resolve("secret-id"));

    assertThat(changed(rig.setUp(access, true)))
        .containsExactly("File " + access.folder().resolve("wrapped-secret-id"));

    VaultStore restarted = rig.store(rig.bao().server(), access);
    assertThat(restarted.status()).isEqualTo(StoreStatus.READY);
    assertThat(Files.readString(access.folder().resolve("secret-id"))).isNotEqualTo(before);
    assertThat(store.status()).isEqualTo(StoreStatus.READY);
  }

  @Test
  void anotherEngineShouldBeLeftAlone() throws Exception {
    rig.bao()
        .require("POST", "sys/mounts/old", "{\"type\":\"kv\",\"options\":{\"version\":\"1\"}}");

    SecretStoreException refused = Rig.failure(() -> rig.setUp(access("old", "old")));

    assertThat(refused.kind()).isEqualTo(Kind.DENIED);
    assertThat(refused).hasMessageContaining("set mount to a name that is free");
    assertThat(folder.resolve("old")).doesNotExist();
  }

  @Test
  void tokenThatIsNoneShouldBeRefusedWithoutBeingShown() {
    Access access = access("stranger", "stranger");
    Secret token = Secret.of("s.n0b0dy");

    SecretStoreException refused =
        Rig.failure(
            () ->
                new VaultSetup(rig.bao().server(), access, Clock.systemUTC())
                    .apply(new Order(token, null, false)));

    assertThat(refused.kind()).isEqualTo(Kind.DENIED);
    assertThat(refused).hasMessageContaining("administrator").hasMessageNotContaining("n0b0dy");
  }

  @Test
  void roleShouldGiveTokensThatEnd() throws Exception {
    Access access = access("bounded", "bounded");
    rig.setUp(access);

    var role = rig.bao().require("GET", "auth/approle/role/bounded", null);

    assertThat(role.getInt("token_max_ttl", 0)).isBetween(1, 86_400);
    assertThat(role.getBoolean("token_no_default_policy", false)).isTrue();
    assertThat(role.get("token_policies").toString()).isEqualTo("[\"bounded-platform\"]");
  }
}
