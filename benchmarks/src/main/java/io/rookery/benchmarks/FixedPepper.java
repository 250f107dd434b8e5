// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A platform key that is in memory, as the secret store hands it out. */
final class FixedPepper implements PlatformKeys {

  private final PlatformKey key = new InMemory(new SecretKeySpec(new byte[32], "HmacSHA256"));

  @Override
  public PlatformKey current(KeyPurpose purpose) {
    return key;
  }

  @Override
  public Optional<PlatformKey> find(KeyPurpose purpose, int id) {
    return id == key.id() ? Optional.of(key) : Optional.empty();
  }

  private record InMemory(SecretKeySpec key) implements PlatformKey {

    @Override
    public int id() {
      return 1;
    }

    @Override
    public byte[] mac(byte[] data) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        return mac.doFinal(data);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
