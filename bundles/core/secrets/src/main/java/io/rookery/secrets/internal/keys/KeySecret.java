// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.keys;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the keys of a purpose stand in the store: all in the fields of one secret, so that no version
 * that a store lets go takes a key along. Field {@code key.1} holds key 1 in Base64, {@code from.1}
 * the Unix milliseconds from which it is used.
 */
final class KeySecret {

  private static final String KEY = "key.";
  private static final String FROM = "from.";
  private static final int LENGTH = 32;
  private static final int MOST = 255;
  private static final SecureRandom RANDOM = new SecureRandom();

  private KeySecret() {}

  static SecretPath path(KeyPurpose purpose) {
    String name = purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return SecretPath.platform("keys/" + name);
  }

  /** Returns a first key, of id 1. */
  static SecretData first() {
    return new SecretData(entry(1, 0));
  }

  /** Adds a new key, which is used from a moment on. */
  static SecretData plus(SecretData present, long fromMillis) {
    int id = ids(present) + 1;
    if (id > MOST) {
      throw new IllegalStateException("A purpose has at most " + MOST + " keys");
    }
    Map<String, Secret> fields = new HashMap<>(present.fields());
    fields.putAll(entry(id, fromMillis));
    return new SecretData(fields);
  }

  private static Map<String, Secret> entry(int id, long fromMillis) {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return Map.of(
        KEY + id, Secret.of(Base64.getEncoder().encodeToString(bytes)),
        FROM + id, Secret.of(Long.toString(fromMillis)));
  }

  static Ring ring(SecretData data) {
    List<Ring.Dated> keys = new ArrayList<>();
    for (int id = 1; id <= ids(data); id++) {
      keys.add(new Ring.Dated(new HmacKey(id, key(data, id)), from(data, id)));
    }
    return new Ring(keys);
  }

  private static int ids(SecretData data) {
    int id = 0;
    while (data.fields().containsKey(KEY + (id + 1))) {
      id++;
    }
    return id;
  }

  private static byte[] key(SecretData data, int id) {
    byte[] bytes = Base64.getDecoder().decode(data.fields().get(KEY + id).reveal());
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("A platform key has " + LENGTH + " bytes");
    }
    return bytes;
  }

  private static long from(SecretData data, int id) {
    Secret from = data.fields().get(FROM + id);
    return from == null ? 0 : Long.parseLong(from.reveal());
  }
}
