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

  /** Knows PBKDF2 alone; still written where that does, as earlier releases read it. */
  private static final int FIRST_FORMAT = 1;

  private static final int FORMAT = 2;

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
    boolean argon = keys.stream().anyMatch(key -> key.derivation().isArgon2id());
    Output out = new Output().number(argon ? FORMAT : FIRST_FORMAT).number(keys.size());
    for (Description key : keys) {
      out.text(key.id()).bytes(key.salt()).number(key.derivation().passes());
      if (argon) {
        out.number(key.derivation().memory()).number(key.derivation().lanes());
      }
    }
    return out.toBytes();
  }

  static MasterRecord of(byte[] bytes) {
    int format = Input.format(bytes);
    return Input.read(
        bytes,
        format == FIRST_FORMAT ? FIRST_FORMAT : FORMAT,
        in -> {
          List<Description> keys = new ArrayList<>();
          for (int count = in.number(); count > 0; count--) {
            keys.add(new Description(in.text(), in.bytes(), derivation(in, format)));
          }
          return new MasterRecord(keys);
        });
  }

  private static Derivation derivation(Input in, int format) {
    int passes = in.number();
    return format == FIRST_FORMAT
        ? Derivation.pbkdf2(passes)
        : new Derivation(passes, in.number(), in.number());
  }
}
