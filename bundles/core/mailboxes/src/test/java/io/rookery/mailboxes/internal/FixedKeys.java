// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One key a purpose, with the id 1. */
public final class FixedKeys implements PlatformKeys {

  @Override
  public PlatformKey current(KeyPurpose purpose) {
    return new Key(purpose, 1);
  }

  @Override
  public Optional<PlatformKey> find(KeyPurpose purpose, int id) {
    return id == 1 ? Optional.of(current(purpose)) : Optional.empty();
  }

  private record Key(KeyPurpose purpose, int id) implements PlatformKey {

    @Override
    public byte[] mac(byte[] data) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = (purpose + ":" + id).getBytes(StandardCharsets.UTF_8);
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
