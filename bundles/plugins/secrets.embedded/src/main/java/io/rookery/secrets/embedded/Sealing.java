// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import java.util.HashMap;
import java.util.Map;

/**
 * Seals the fields of a secret, bound to its path, its version and the key's id: whoever can write
 * to the database cannot pass one secret or version off as another.
 */
final class Sealing {

  private static final int FORMAT = 1;

  private Sealing() {}

  static byte[] seal(DataKey key, SecretPath path, int version, SecretData data) {
    Output out = new Output().number(FORMAT).number(data.fields().size());
    data.fields().forEach((name, value) -> out.text(name).text(value.reveal()));
    return key.seal(about(key.id(), path, version), out.toBytes());
  }

  static SecretData open(DataKey key, SecretPath path, SecretRecord.Version version) {
    if (version.keyId() != key.id()) {
      throw Failures.unreadable("A secret is under a data key that is not there");
    }
    byte[] text = key.open(about(version.keyId(), path, version.number()), version.sealed());
    return Input.read(
        text,
        FORMAT,
        in -> {
          Map<String, Secret> fields = new HashMap<>();
          for (int count = in.number(); count > 0; count--) {
            fields.put(in.text(), Secret.of(in.text()));
          }
          return new SecretData(fields);
        });
  }

  private static byte[] about(int keyId, SecretPath path, int version) {
    return new Output()
        .text("rookery secret 1")
        .text(path.value())
        .number(version)
        .number(keyId)
        .toBytes();
  }
}
