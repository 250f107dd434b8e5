// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jopenlibs.vault.json.Json;
import io.rookery.spi.plugin.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that the driver cannot make. */
@Tag("peer")
class WireTest {

  @TempDir Path folder;

  @Test
  void patchShouldChangeOneFieldAndCustomMetadataShouldBeKept() throws Exception {
    try (OpenBao bao = OpenBao.dev(folder);
        Line line = new Line(bao.server())) {
      Wire wire = line.wire();
      Secret root = bao.root();
      String data = "secret/data/a/b";
      bao.require("POST", data, "{\"data\":{\"user\":\"ann\",\"password\":\"one\"}}");

      Answer patched =
          wire.send(
              "PATCH",
              data,
              root,
              Json.parse("{\"options\":{\"cas\":1},\"data\":{\"password\":\"two\"}}").asObject());
      Answer described =
          wire.send(
              "POST",
              "secret/metadata/a/b",
              root,
              Json.parse("{\"custom_metadata\":{\"purpose\":\"smtp\"}}").asObject());

      assertThat(patched.status()).isEqualTo(200);
      assertThat(described.done()).isTrue();
      Answer read = wire.get(data, root);
      assertThat(Kv.fields(read))
          .containsEntry("user", Secret.of("ann"))
          .containsEntry("password", Secret.of("two"));
      assertThat(Answer.object(wire.get("secret/metadata/a/b", root).data(), "custom_metadata"))
          .hasToString("{\"purpose\":\"smtp\"}");
    }
  }
}
