// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretPath;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shipped policies let whom do, by requests as anybody could send them. */
@Tag("peer")
class IsolationTest {

  private static final UUID MINE = UUID.randomUUID();
  private static final UUID YOURS = UUID.randomUUID();
  private static final String DATA = "{\"data\":{\"password\":\"x\"}}";

  @TempDir static Path folder;

  private static Rig rig;
  private static OpenBao bao;
  private static Secret platform;
  private static Secret tenant;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(folder);
    bao = rig.bao();
    VaultStore store = rig.node("node");
    for (UUID each : List.of(MINE, YOURS)) {
      store.write(SecretPath.tenant(each, "smtp/main"), Rig.data("of " + each), 0);
    }
    store.write(SecretPath.platform("keys/pepper"), Rig.data("pepper"), 0);
    platform = rig.token(rig.access("node"));
    tenant = tenant(MINE);
    bao.require("POST", "sys/mounts/other", "{\"type\":\"kv\"}");
    bao.require("POST", "other/thing", "{\"password\":\"x\"}");
  }

  /** Makes what signs a tenant's tools in, as docs/vault.md tells it. */
  private static Secret tenant(UUID id) throws Exception {
    bao.require("POST", "sys/auth/userpass", "{\"type\":\"userpass\"}");
    bao.require(
        "POST",
        "auth/userpass/users/acme",
        "{\"password\":\"correct horse\",\"token_policies\":[\"rookery-tenant\"]}");
    String entity =
        bao.require(
                "POST",
                "identity/entity",
                "{\"name\":\"acme\",\"metadata\":{\"tenant_id\":\"" + id + "\"}}")
            .getString("id", "");
    String accessor =
        Answer.object(bao.require("GET", "sys/auth", null), "userpass/").getString("accessor", "");
    bao.require(
        "POST",
        "identity/entity-alias",
        "{\"name\":\"acme\",\"canonical_id\":\"%s\",\"mount_accessor\":\"%s\"}"
            .formatted(entity, accessor));
    return rig.token("{\"password\":\"correct horse\"}", "auth/userpass/login/acme");
  }

  @AfterAll
  static void stop() throws Exception {
    if (rig != null) {
      rig.close();
    }
  }

  private static Answer send(Secret token, String method, String path, String json)
      throws Exception {
    JsonObject body = json == null ? null : Json.parse(json).asObject();
    return bao.send(method, path, token, body);
  }

  private static int status(Secret token, String method, String path, String json)
      throws Exception {
    return send(token, method, path, json).status();
  }

  @Test
  void tenantShouldReachItsOwn() throws Exception {
    String mine = "tenants/" + MINE + "/smtp/main";
    assertThat(send(tenant, "GET", "rookery/data/" + mine, null).data().toString())
        .contains("of " + MINE);
    assertThat(status(tenant, "POST", "rookery/data/" + mine, DATA)).isEqualTo(200);
    assertThat(status(tenant, "GET", "rookery/metadata/tenants/" + MINE + "/smtp?list=true", null))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET rookery/data/tenants/YOURS/smtp/main",
        "GET rookery/data/tenants/YOURS/smtp/main?version=1",
        "GET rookery/subkeys/tenants/YOURS/smtp/main",
        "GET rookery/metadata/tenants/YOURS/smtp/main",
        "GET rookery/metadata/tenants/YOURS?list=true",
        "GET rookery/metadata/tenants?list=true",
        "GET rookery/data/platform/keys/pepper",
        "GET rookery/metadata/platform?list=true",
        "POST rookery/data/tenants/YOURS/smtp/main",
        "POST rookery/delete/tenants/YOURS/smtp/main",
        "POST rookery/undelete/tenants/YOURS/smtp/main",
        "POST rookery/destroy/tenants/YOURS/smtp/main",
        "POST rookery/destroy/tenants/MINE/smtp/main",
        "DELETE rookery/data/tenants/YOURS/smtp/main",
        "DELETE rookery/metadata/tenants/YOURS/smtp/main",
        "DELETE rookery/metadata/tenants/MINE/smtp/main",
        "POST identity/entity/name/acme",
        "GET sys/policies/acl/rookery-tenant",
      })
  void tenantShouldReachNothingElse(String request) throws Exception {
    assertRefused(tenant, request);
    assertThat(rig.bao().require("GET", "rookery/data/tenants/" + YOURS + "/smtp/main", null))
        .asString()
        .contains("of " + YOURS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET sys/mounts",
        "GET sys/policies/acl/rookery-platform",
        "POST sys/policies/acl/rookery-platform",
        "POST sys/mounts/more",
        "POST sys/seal",
        "GET sys/auth",
        "GET sys/internal/ui/mounts/other",
        "POST rookery/config",
        "GET rookery/config",
        "GET other/thing",
        "POST other/thing",
        "GET other/?list=true",
        "GET rookery/metadata/?list=true",
        "GET rookery/data/elsewhere",
        "POST rookery/metadata/tenants/MINE/smtp/main",
        "GET auth/approle/role/rookery",
        "POST auth/approle/role/rookery/secret-id",
        "POST auth/token/create",
        "POST identity/entity",
        "GET cubbyhole/mine",
      })
  void platformShouldReachNothingThatItNeedsNot(String request) throws Exception {
    assertRefused(platform, request);
  }

  private static void assertRefused(Secret token, String request) throws Exception {
    String[] parts =
        request.replace("YOURS", YOURS.toString()).replace("MINE", MINE.toString()).split(" ");
    String body = parts[0].equals("POST") ? "{\"data\":{\"a\":\"b\"},\"versions\":[1]}" : null;
    assertThat(status(token, parts[0], parts[1], body)).as(request).isIn(403, 400);
  }

  @Test
  void platformShouldReachEveryTenant() throws Exception {
    for (UUID each : List.of(MINE, YOURS)) {
      assertThat(status(platform, "GET", "rookery/data/tenants/" + each + "/smtp/main", null))
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rookery/data/tenants/MINE/../YOURS/smtp/main",
        "rookery/data/tenants/MINE/%2e%2e/YOURS/smtp/main",
        "rookery/data/tenants/MINE/..%2fYOURS/smtp/main",
        "rookery/data/tenants//YOURS/smtp/main",
      })
  void detoursShouldLeadToNoOtherTenant(String path) throws Exception {
    String named = path.replace("YOURS", YOURS.toString()).replace("MINE", MINE.toString());

    Answer answer = send(tenant, "GET", named, null);

    assertThat(answer.done()).as(answer.toString()).isFalse();
    assertThat(answer.body().toString()).doesNotContain("of " + YOURS);
  }

  @Test
  void tokenWithoutATenantShouldReachNothing() throws Exception {
    String json = "{\"policies\":[\"rookery-tenant\"],\"no_default_policy\":true}";
    JsonObject body = send(bao.root(), "POST", "auth/token/create-orphan", json).body();
    Secret nobody = Secret.of(Answer.object(body, "auth").getString("client_token", ""));

    assertThat(status(nobody, "GET", "rookery/data/tenants/" + MINE + "/smtp/main", null))
        .isEqualTo(403);
    assertThat(status(tenant, "GET", "rookery/data/tenants/" + MINE + "/smtp/main", null))
        .isEqualTo(200);
  }
}
