// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.secrets.embedded.MasterKey.Description;
import java.util.ArrayList;
import java.util.List;

/**
 * Which master keys open this store: the current one and, between a rewrap and the first start with
 * the new key, the next one.
 *
 * @param keys one or two, the current one first
 */
record MasterRecord(List<Description> keys) {

  /** Where it stands in the platform's storage. */
  static final String KEY = "master";

  private static final int FORMAT = 1;

  MasterRecord {
    keys = List.copyOf(keys);
  }

  Description current() {
    return keys.get(0);
  }

  boolean names(String id) {
    return keys.stream().anyMatch(key -> key.id().equals(id));
  }

  byte[] toBytes() {
    Output out = new Output().number(FORMAT).number(keys.size());
    for (Description key : keys) {
      out.text(key.id()).bytes(key.salt()).number(key.iterations());
    }
    return out.toBytes();
  }

  static MasterRecord of(byte[] bytes) {
    return Input.read(
        bytes,
        FORMAT,
        in -> {
          List<Description> keys = new ArrayList<>();
          for (int count = in.number(); count > 0; count--) {
            keys.add(new Description(in.text(), in.bytes(), in.number()));
          }
          return new MasterRecord(keys);
        });
  }
}
