// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.key;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The digests under which keys and tokens are kept and found: HMAC-SHA256 under a pepper. */
public final class KeyDigests {

  private final PlatformKeys peppers;
  private final KeyPurpose purpose;

  /** Takes the peppers of API keys. */
  public KeyDigests(PlatformKeys peppers) {
    this(peppers, KeyPurpose.API_KEY);
  }

  /** Takes the peppers of a purpose. */
  public KeyDigests(PlatformKeys peppers, KeyPurpose purpose) {
    this.peppers = peppers;
    this.purpose = purpose;
  }

  /** Returns the digest of a key under the present pepper. */
  public Peppered digest(String key) {
    PlatformKey pepper = peppers.current(purpose);
    return new Peppered(mac(pepper, key), pepper.id());
  }

  /** Returns the digests under every pepper that the key may have been made with, newest first. */
  public List<byte[]> all(String key) {
    List<byte[]> digests = new ArrayList<>();
    // Another node's clock may have reached the next pepper already.
    for (int id = peppers.current(purpose).id() + 1; id > 0; id--) {
      peppers.find(purpose, id).ifPresent(pepper -> digests.add(mac(pepper, key)));
    }
    return digests;
  }

  private static byte[] mac(PlatformKey pepper, String key) {
    return pepper.mac(key.getBytes(StandardCharsets.UTF_8));
  }

  /** A digest and the pepper that made it. */
  public record Peppered(byte[] digest, int pepperId) {}
}
