// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that one tenant's secrets, or the platform's, are encrypted under. */
final class DataKey {

  /** The id of a tenant's first key; ids bind secrets to the key that sealed them. */
  static final int FIRST = 1;

  private final int id;
  private final SecretKey key;

  DataKey(int id, byte[] bytes) {
    this.id = id;
    this.key = new SecretKeySpec(bytes, "AES");
  }

  int id() {
    return id;
  }

  byte[] seal(byte[] about, byte[] text) {
    return Aead.seal(key, about, text);
  }

  byte[] open(byte[] about, byte[] sealed) {
    return Aead.open(key, about, sealed);
  }
}
