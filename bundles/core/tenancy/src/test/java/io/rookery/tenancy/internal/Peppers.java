// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Platform keys that can be rotated at once. */
public final class Peppers implements PlatformKeys {

  private volatile int newest = 1;

  public void rotate() {
    newest++;
  }

  @Override
  public PlatformKey current(KeyPurpose purpose) {
    return new Key(purpose, newest);
  }

  @Override
  public Optional<PlatformKey> find(KeyPurpose purpose, int id) {
    return id >= 1 && id <= newest ? Optional.of(new Key(purpose, id)) : Optional.empty();
  }

  private record Key(KeyPurpose purpose, int id) implements PlatformKey {

    @Override
    public byte[] mac(byte[] data) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = (purpose + " " + id).getBytes(StandardCharsets.UTF_8);
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }
}
