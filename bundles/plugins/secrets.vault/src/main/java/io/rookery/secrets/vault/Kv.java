// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.api.WriteOptions;
import io.github.jopenlibs.vault.json.JsonArray;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The requests of the KV engine. Those of versions and metadata are ours, as the driver has none,
 * or keeps too little of the answer to tell a missing secret from a missing mount.
 */
final class Kv {

  private final String mount;

  Kv(String mount) {
    this.mount = mount;
  }

  Answer read(Wire wire, Secret token, SecretPath path, int version) throws VaultException {
    return Answer.of(
        logical(wire, token).read(mount + "/" + path, true, version).getRestResponse());
  }

  Answer write(Wire wire, Secret token, SecretPath path, SecretData data, int check)
      throws VaultException {
    Map<String, Object> fields = new HashMap<>();
    data.fields().forEach((name, value) -> fields.put(name, value.reveal()));
    WriteOptions options = new WriteOptions();
    if (check >= 0) {
      options.checkAndSet((long) check);
    }
    return Answer.of(
        logical(wire, token)
            .write(mount + "/" + path, fields, null, options.build())
            .getRestResponse());
  }

  private Logical logical(Wire wire, Secret token) throws VaultException {
    return new Logical(wire.driver(token, mount));
  }

  /** Deletes, undeletes or destroys versions. */
  Answer change(Wire wire, Secret token, String operation, SecretPath path, Set<Integer> versions)
      throws IOException, InterruptedException {
    JsonArray numbers = new JsonArray();
    new TreeSet<>(versions).forEach(numbers::add);
    JsonObject body = new JsonObject().add("versions", numbers);
    return wire.send("POST", mount + "/" + operation + "/" + path, token, body);
  }

  Answer metadata(Wire wire, Secret token, SecretPath path)
      throws IOException, InterruptedException {
    return wire.get(mount + "/metadata/" + path, token);
  }

  Answer purge(Wire wire, Secret token, SecretPath path) throws IOException, InterruptedException {
    return wire.send("DELETE", mount + "/metadata/" + path, token, null);
  }

  /** Lists what stands in a folder itself; names of folders end in a slash. */
  Answer list(Wire wire, Secret token, String folder) throws IOException, InterruptedException {
    return wire.get(mount + "/metadata/" + folder + "?list=true", token);
  }

  static List<String> names(Answer list) {
    List<String> names = new ArrayList<>();
    JsonValue keys = list.data().get("keys");
    if (keys != null && keys.isArray()) {
      keys.asArray().forEach(key -> names.add(key.asString()));
    }
    return names;
  }

  /** Returns the fields of an answer's secret; what others wrote as no text is shown as JSON. */
  static Map<String, Secret> fields(Answer read) {
    Map<String, Secret> fields = new HashMap<>();
    for (JsonObject.Member member : Answer.object(read.data(), "data")) {
      JsonValue value = member.getValue();
      if (!value.isNull()) {
        fields.put(
            member.getName(), Secret.of(value.isString() ? value.asString() : value.toString()));
      }
    }
    return fields;
  }
}
