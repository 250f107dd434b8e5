// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.secrets.MasterKeys;
import io.rookery.api.secrets.StoreMoves;
import io.rookery.api.secrets.StoreMoves.Move;
import io.rookery.api.secrets.StoreMoves.Store;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.secrets.SecretsMove;
import io.rookery.shell.internal.secrets.SecretsMoveShow;
import io.rookery.shell.internal.secrets.SecretsRewrap;
import io.rookery.shell.internal.secrets.SecretsStores;
import io.rookery.spi.secrets.MasterRewrap.Next;
import io.rookery.spi.secrets.StoreStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID OPERATOR = new UUID(0, 1);

  @TempDir Path directory;

  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(OPERATOR, (Actor) it[0]))
          .service();
  private final StoreMoves moves =
      Fake.of(StoreMoves.class)
          .on("stores", it -> List.of(new Store("embedded", true, StoreStatus.READY)))
          .on("move", it -> move((String) it[1], (String) it[2]))
          .on("back", it -> move("vault", "embedded"))
          .on("last", it -> Optional.of(move("embedded", "vault")))
          .service();

  private static Move move(String from, String to) {
    return new Move(new UUID(0, 5), null, from, to, "running", 7, 31, null, NOON, null);
  }

  @Test
  void aMoveShouldBeBegunBetweenTwoStoresOrBack() throws Exception {
    JsonNode begun = shell().json(SecretsMove.class, "embedded", "vault");
    assertThat(begun.get("from").asText()).isEqualTo("embedded");
    assertThat(begun.get("to").asText()).isEqualTo("vault");
    assertThat(shell().json(SecretsMove.class, "--back").get("to").asText()).isEqualTo("embedded");
    assertThatThrownBy(() -> shell().run(SecretsMove.class, "embedded"))
        .hasMessageContaining("Name the two stores");
    assertThatThrownBy(() -> shell().run(SecretsMove.class, "--back", "embedded", "vault"))
        .hasMessageContaining("Name the two stores");
  }

  @Test
  void howAMoveStandsShouldBeShown() throws Exception {
    assertThat(shell().run(SecretsMoveShow.class)).contains("running", "31");
    assertThat(shell().run(SecretsStores.class)).contains("embedded", "ready");
  }

  private Shell shell() {
    return new Shell(directory, tenants, moves);
  }

  @Test
  void theMasterKeyShouldBeRewrappedToAKeyOrAPassphrase() throws Exception {
    List<Next> asked = new ArrayList<>();
    MasterKeys keys =
        Fake.of(MasterKeys.class)
            .on(
                "rewrap",
                it -> {
                  assertThat(((TenantContext) it[0]).tenantId()).isEqualTo(OPERATOR);
                  asked.add((Next) it[1]);
                  return 31;
                })
            .service();
    Shell shell = new Shell(directory, tenants, keys);
    JsonNode done = shell.json(SecretsRewrap.class, "keys/second.key");
    assertThat(done.get("data_keys").asInt()).isEqualTo(31);
    assertThat(done.get("configure").asText()).isEqualTo("master_key_file = keys/second.key");
    assertThat(shell.run(SecretsRewrap.class, "--passphrase", "/etc/phrase"))
        .contains("passphrase_file = /etc/phrase");
    assertThat(asked)
        .containsExactly(new Next("keys/second.key", false), new Next("/etc/phrase", true));
  }
}
