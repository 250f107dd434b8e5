// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jopenlibs.vault.json.Json;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a secret-id on its way to the store. */
@Tag("peer")
class WrappedSecretIdTest {

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

  private static void assertDenied(SecretStoreException failure, String... words) {
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.DENIED);
    assertThat(failure.getMessage()).contains(words);
  }

  @Test
  void wrappedSecretIdThatSomebodyOpenedShouldRaiseTheAlarm() throws Exception {
    Access access = own("stolen");
    Wrapped wrapped = Wrapped.parse(Files.readString(access.folder().resolve("wrapped-secret-id")));
    Answer thief = rig.bao().send("POST", "sys/wrapping/unwrap", wrapped.value(), null);
    assertThat(thief.status()).isEqualTo(200);

    SecretStoreException failure =
        Rig.failure(() -> rig.store(rig.bao().server(), access).read(Rig.fresh(), 0));

    assertDenied(failure, "ALARM", "used already", "destroy the secret-ids of role stolen");
    assertThat(failure.getMessage()).doesNotContain(wrapped.value().reveal());
    assertThat(access.folder().resolve("secret-id")).doesNotExist();
  }

  @Test
  void tokenThatWrapsSomethingElseShouldRaiseTheAlarm() throws Exception {
    Access access = own("swapped");
    Wire wire = new Line(rig.bao().server()).wire();
    Answer other =
        wire.send(
            "POST",
            "sys/wrapping/wrap",
            rig.bao().root(),
            Json.parse("{\"secret_id\":\"mine\"}").asObject(),
            60);
    Path file = access.folder().resolve("wrapped-secret-id");
    Files.writeString(file, Answer.object(other.body(), "wrap_info").getString("token", "") + "\n");

    assertDenied(
        Rig.failure(() -> rig.store(rig.bao().server(), access).read(Rig.fresh(), 0)),
        "ALARM",
        "does not wrap a secret-id");
  }

  @Test
  void wrappedSecretIdThatRanOutShouldBeNoAlarm() throws Exception {
    Access access = own("stale");
    Wrapped wrapped = Wrapped.parse(Files.readString(access.folder().resolve("wrapped-secret-id")));
    rig.bao().send("POST", "sys/wrapping/unwrap", wrapped.value(), null);
    Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(1)), ZoneOffset.UTC);
    VaultStore store = new VaultStore(rig.bao().server(), access, later);

    SecretStoreException failure = Rig.failure(() -> store.read(Rig.fresh(), 0));

    assertDenied(failure, "ran out at", "rookery:vault-setup");
    assertThat(failure.getMessage()).doesNotContain("ALARM");
    store.close();
  }

  @Test
  void secretIdOfBeforeShouldServeOnWhereANewOneWasStolen() throws Exception {
    Access access = own("robbed");
    assertThat(rig.store(rig.bao().server(), access).status()).isEqualTo(StoreStatus.READY);
    rig.setUp(access, true);
    Wrapped wrapped = Wrapped.parse(Files.readString(access.folder().resolve("wrapped-secret-id")));
    rig.bao().send("POST", "sys/wrapping/unwrap", wrapped.value(), null);

    assertThat(rig.store(rig.bao().server(), access).status()).isEqualTo(StoreStatus.READY);
  }
}
