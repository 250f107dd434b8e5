// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonArray;
import io.github.jopenlibs.vault.json.JsonObject;
import io.rookery.spi.secrets.StoreSetup.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What has to be on the server: the mount, the policies, AppRole and the platform's role. */
final class Preparation {

  /** The suffix of the policy of the platform's own role, behind the role's name. */
  static final String PLATFORM = "platform";

  /** The suffix of the policy for tenants' tools. */
  static final String TENANT = "tenant";

  private final Operator operator;
  private final Access access;

  Preparation(Operator operator, Access access) {
    this.operator = operator;
    this.access = access;
  }

  void apply(List<Step> steps) {
    steps.add(mount());
    steps.add(policy(PLATFORM));
    steps.add(policy(TENANT));
    steps.add(approle());
    steps.add(role());
  }

  private Step mount() {
    String what = "KV engine, version 2, at " + access.mount();
    JsonObject present = operator.mounted("mounts", access.mount());
    if (present.isEmpty()) {
      operator.post(
          "sys/mounts/" + access.mount(),
          new JsonObject()
              .add("type", "kv")
              .add("description", "Secrets of Rookery")
              .add("options", new JsonObject().add("version", "2")));
      operator.awaitReady(access.mount());
      return new Step(what, true);
    }
    String version = Answer.object(present, "options").getString("version", "1");
    if (!present.getString("type", "").equals("kv") || !version.equals("2")) {
      throw Failures.denied(
          "At " + access.mount() + " stands another engine; set mount to a name that is free");
    }
    return new Step(what, false);
  }

  private String policyName(String kind) {
    return access.role() + "-" + kind;
  }

  private Step policy(String kind) {
    String path = "sys/policies/acl/" + policyName(kind);
    String text = text(kind);
    boolean same = text.equals(operator.get(path).data().getString("policy", ""));
    if (!same) {
      operator.post(path, new JsonObject().add("policy", text));
    }
    return new Step("Policy " + policyName(kind), !same);
  }

  private String text(String kind) {
    try (InputStream in = Preparation.class.getResourceAsStream("/policies/" + kind + ".hcl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@mount@", access.mount());
    } catch (IOException e) {
      throw new IllegalStateException("This bundle holds its policies", e);
    }
  }

  private Step approle() {
    JsonObject present = operator.mounted("auth", access.approle());
    if (present.isEmpty()) {
      operator.post("sys/auth/" + access.approle(), new JsonObject().add("type", "approle"));
    } else if (!present.getString("type", "").equals("approle")) {
      throw Failures.denied(
          "At auth/" + access.approle() + " stands another way to sign in; set approle_mount");
    }
    return new Step("AppRole at auth/" + access.approle(), present.isEmpty());
  }

  private Step role() {
    JsonObject wanted =
        new JsonObject()
            .add("token_policies", new JsonArray().add(policyName(PLATFORM)))
            .add("token_no_default_policy", true)
            .add("token_type", "service")
            .add("token_ttl", 3600)
            .add("token_max_ttl", 86_400)
            .add("bind_secret_id", true);
    String path = "auth/" + access.approle() + "/role/" + access.role();
    JsonObject present = operator.get(path).data();
    boolean same = wanted.names().stream().allMatch(name -> equal(wanted, present, name));
    if (!same) {
      operator.post(path, wanted);
    }
    return new Step("Role " + access.role(), !same);
  }

  private static boolean equal(JsonObject wanted, JsonObject present, String name) {
    return present.get(name) != null
        && Json.parse(wanted.get(name).toString()).equals(present.get(name));
  }
}
