// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.audit;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Platform keys that live as long as a run. */
public final class RunKeys implements PlatformKeys {

  private final byte[] secret = new byte[32];

  /** Draws a key. */
  public RunKeys() {
    new SecureRandom().nextBytes(secret);
  }

  @Override
  public PlatformKey current(KeyPurpose purpose) {
    return new Key(secret);
  }

  @Override
  public Optional<PlatformKey> find(KeyPurpose purpose, int id) {
    return id == 1 ? Optional.of(current(purpose)) : Optional.empty();
  }

  private record Key(byte[] secret) implements PlatformKey {

    @Override
    public int id() {
      return 1;
    }

    @Override
    public byte[] mac(byte[] data) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(data);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
