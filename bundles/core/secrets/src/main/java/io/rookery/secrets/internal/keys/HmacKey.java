// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.keys;

import io.rookery.api.secrets.PlatformKey;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of HMAC-SHA256. Each call works on a clone of one prepared state, which costs a tenth of a
 * microsecond and leaves nothing behind in threads that outlive this bundle.
 */
final class HmacKey implements PlatformKey {

  private static final String ALGORITHM = "HmacSHA256";

  private final int id;
  private final Mac prepared;

  HmacKey(int id, byte[] bytes) {
    this.id = id;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      this.prepared = (Mac) mac.clone();
    } catch (GeneralSecurityException | CloneNotSupportedException e) {
      throw new IllegalStateException("This Java has no HMAC-SHA256 that can be cloned", e);
    }
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public byte[] mac(byte[] data) {
    try {
      return ((Mac) prepared.clone()).doFinal(data);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The constructor has cloned it", e);
    }
  }

  @Override
  public String toString() {
    return "HmacKey " + id;
  }
}
