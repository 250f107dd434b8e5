// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A data key as it is kept: wrapped under one master key or, during a rewrap, under two. Each
 * wrapping is bound to whose key it is.
 *
 * @param scope the tenant, or null for the platform
 * @param id the data key's id
 * @param wrappings the wrapped key by the master key's id
 */
record WrappedKey(UUID scope, int id, Map<String, byte[]> wrappings) {

  /** What the keys of all wrapped keys begin with, in the platform's storage. */
  static final String PREFIX = "key/";

  private static final int FORMAT = 1;

  WrappedKey {
    wrappings = Map.copyOf(wrappings);
  }

  static String key(UUID scope) {
    return PREFIX + (scope == null ? "platform" : scope);
  }

  /** Reads the scope back from where a key stands. */
  static UUID scope(String key) {
    String name = key.substring(PREFIX.length());
    return name.equals("platform") ? null : UUID.fromString(name);
  }

  static WrappedKey wrap(UUID scope, byte[] dataKey, Iterable<MasterKey> masters) {
    WrappedKey wrapped = new WrappedKey(scope, DataKey.FIRST, Map.of());
    for (MasterKey master : masters) {
      wrapped = wrapped.with(master, dataKey);
    }
    return wrapped;
  }

  WrappedKey with(MasterKey master, byte[] dataKey) {
    Map<String, byte[]> more = new LinkedHashMap<>(wrappings);
    more.put(master.id(), master.wrap(about(), dataKey));
    return new WrappedKey(scope, id, more);
  }

  WrappedKey only(MasterKey master) {
    return new WrappedKey(scope, id, Map.of(master.id(), wrappings.get(master.id())));
  }

  boolean under(MasterKey master) {
    return wrappings.containsKey(master.id());
  }

  byte[] unwrap(MasterKey master) {
    if (!under(master)) {
      throw Failures.unreadable("A data key is not under the present master key");
    }
    return master.unwrap(about(), wrappings.get(master.id()));
  }

  private byte[] about() {
    return new Output().text("rookery data key 1").text(key(scope)).number(id).toBytes();
  }

  byte[] toBytes() {
    Output out = new Output().number(FORMAT).number(id).number(wrappings.size());
    wrappings.forEach((master, wrapped) -> out.text(master).bytes(wrapped));
    return out.toBytes();
  }

  static WrappedKey of(UUID scope, byte[] bytes) {
    return Input.read(
        bytes,
        FORMAT,
        in -> {
          int id = in.number();
          Map<String, byte[]> wrappings = new LinkedHashMap<>();
          for (int count = in.number(); count > 0; count--) {
            wrappings.put(in.text(), in.bytes());
          }
          return new WrappedKey(scope, id, wrappings);
        });
  }
}
