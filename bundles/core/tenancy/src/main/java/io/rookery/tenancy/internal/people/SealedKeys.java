// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.kernel.IdempotencyKey;
import io.rookery.tenancy.internal.key.KeyDigests;
import java.util.HexFormat;

/**
 * Idempotency keys of requests that hold a password. Their fingerprint is kept for a day and is of
 * the password among others: under a platform key it gives nobody who reads the database a quicker
 * way to guess than the hash does.
 */
final class SealedKeys {

  private SealedKeys() {}

  /** Returns a key whose fingerprint is of the platform's key, too; null for none. */
  static IdempotencyKey seal(IdempotencyKey key, KeyDigests digests) {
    if (key == null) {
      return null;
    }
    byte[] fingerprint = digests.digest("fingerprint\n" + key.fingerprint()).digest();
    return new IdempotencyKey(key.key(), HexFormat.of().formatHex(fingerprint));
  }
}
